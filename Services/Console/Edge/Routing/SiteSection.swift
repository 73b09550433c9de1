import ConsoleDomain

/// A part of the site: its pages, and all that they need.
struct SiteSection: Sendable {
    var routes: [Route] = []
    /// Embedded mustache files, by the name that pages call them.
    var templates: [String: [UInt8]] = [:]
    /// Embedded files of phrases.
    var phrases: [[UInt8]] = []
    /// Embedded styles and scripts, by file name.
    var assets: [String: [UInt8]] = [:]
    var navigation: [NavigationItem] = []
}

/// A page that stands at the side of every page, for those who may see it.
struct NavigationItem: Sendable {
    /// The key of its group's phrase.
    let group: String
    /// The key of its own; `<key>.about` is what its card on the first page says.
    let phrase: String
    let path: String
    let access: Route.Access
    /// A queue: it stands under the page before it with how much waits, is none of a member's, and has no card.
    var isQueue = false

    func admits(_ viewer: Viewer) -> Bool { access.admits(viewer) && !(isQueue && viewer.scope.member != nil) }
}
