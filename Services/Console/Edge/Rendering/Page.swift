import HTTPTypes

/// A page of the site without what all pages share.
struct Page: Sendable {
    /// One step of the way from the first page to this one; the last has no path.
    struct Crumb: Sendable {
        let title: String
        let path: String?

        init(_ title: String, _ path: String? = nil) {
            self.title = title
            self.path = path
        }
    }

    /// Its template's name.
    let template: String
    let title: String
    var crumbs: [Crumb] = []
    var content: Content = [:]
    var status: HTTPResponse.Status = .ok
    /// Names of scripts among the assets, beside the one that all pages load.
    var scripts: [String] = []
    /// Names of styles, likewise.
    var styles: [String] = []
}
