import HTTPTypes

extension Page {
    /// A page in the style of queues and master data.
    static func styled(
        template: String, title: String, crumbs: [Crumb] = [], content: Content = [:],
        status: HTTPResponse.Status = .ok, scripts: [String] = []
    ) -> Page {
        Page(
            template: template, title: title, crumbs: crumbs, content: content, status: status, scripts: scripts,
            styles: ["queues.css"])
    }
}
