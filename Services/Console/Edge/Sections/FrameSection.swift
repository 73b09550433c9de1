import ConsoleDomain

/// What all pages stand in, and the words that many use.
enum FrameSection {
    static let section = SiteSection(
        routes: [.post("/preferences", .anyone, choose)],
        templates: [
            "layout": PackageResources.layout_mustache, "navigation": PackageResources.navigation_mustache,
            "csrf": PackageResources.csrf_mustache, "problem": PackageResources.problem_mustache,
        ],
        phrases: [
            PackageResources.frame_json, PackageResources.terms_json, PackageResources.forms_json,
            PackageResources.access_json,
        ],
        assets: ["site.css": PackageResources.site_css, "site.js": PackageResources.site_js])

    /// Language and theme, kept in the browser and, for somebody who is signed in, with the user.
    private static func choose(_ visit: Visit) async throws -> Answer {
        let language = visit.form.text("language").flatMap(Language.init(rawValue:))
        let theme = visit.form.text("theme").flatMap(Theme.init(rawValue:))
        if let userID = visit.viewer.userID {
            try await visit.tools.database.write {
                try UserRows.setPreferences(language: language, theme: theme, of: userID, in: $0)
            }
        }
        var answer = Answer.redirect(LocalPath.checked(visit.form["back"]))
        let year = 365 * 86_400
        if let language {
            answer.cookies.append(Cookie(name: CookieName.language, value: language.rawValue, seconds: year))
        }
        if let theme { answer.cookies.append(Cookie(name: CookieName.theme, value: theme.rawValue, seconds: year)) }
        return answer
    }
}

/// Where a form or a link leads back to: never out of this site.
enum LocalPath {
    static func checked(_ text: String?) -> String {
        guard let text, text.utf8.count <= 2000, text.hasPrefix("/"), !text.hasPrefix("//"),
            text.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\\") })
        else { return "/" }
        return text
    }
}
