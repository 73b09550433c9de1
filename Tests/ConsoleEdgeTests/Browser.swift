import HTTPTypes
import Testing

@testable import ConsoleEdge

/// Asks the site as a browser does: keeps cookies, brings the token of its forms.
final class Browser {
    let site: Site
    var cookies: [String: String] = [:]
    var address: String
    var headers: HTTPFields = [.acceptLanguage: "en"]

    init(_ site: Site, address: String = "192.0.2.1") {
        self.site = site
        self.address = address
    }

    @discardableResult
    func get(_ target: String) async throws -> Reply { await ask(.get, target) }

    /// Sends a form; each value may be one text or several.
    ///
    /// - Parameter token: Of the form; nil fetches a right one, "" sends none.
    @discardableResult
    func post(
        _ target: String, _ fields: KeyValuePairs<String, String> = [:], token: String? = nil
    ) async throws -> Reply {
        let csrf = if let token { token } else { try await formToken() }
        let all = fields.map { ($0.key, $0.value) } + (csrf.isEmpty ? [] : [("csrf", csrf)])
        let body = all.map { "\(PercentCoding.encoded($0.0))=\(PercentCoding.encoded($0.1))" }.joined(separator: "&")
        return await ask(
            .post, target, [.contentType: "application/x-www-form-urlencoded"], Array(body.utf8))
    }

    func signIn(_ name: String, password: String = SiteRig.password) async throws {
        let reply = try await post("/login", ["user": name, "password": password])
        try #require(reply.status == .seeOther, "\(name) cannot sign in: \(reply.text)")
    }

    /// The token that stands in a form of the page that everybody may see.
    func formToken() async throws -> String {
        let page = await ask(.get, "/no-such-page")
        let parts = page.text.components(after: "name=\"csrf\" value=\"")
        return try #require(parts?.prefix { $0 != "\"" }).description
    }

    func ask(
        _ method: HTTPRequest.Method, _ target: String, _ more: HTTPFields = [:], _ body: [UInt8] = []
    ) async -> Reply {
        var headers = headers
        for field in more { headers.append(field) }
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
        }
        let reply = await site.answer(
            Call(method, target, headers: headers, authority: "console.test", body: body, address: address))
        for cookie in reply.headers[values: .setCookie] { keep(cookie) }
        return reply
    }

    private func keep(_ header: String) {
        let pair = header.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return }
        cookies[String(pair[0])] = header.contains("Max-Age=0") ? nil : String(pair[1])
    }
}

extension String {
    /// What stands behind the first place of a text.
    func components(after text: String) -> Substring? {
        ranges(of: text).first.map { self[$0.upperBound...] }
    }
}

extension Reply {
    /// The text without the random token of its forms, in which any two letters may stand side by side.
    var textWithoutToken: String {
        guard let rest = text.components(after: "name=\"csrf\" value=\"") else { return text }
        return text.replacing(rest.prefix { $0 != "\"" }, with: "")
    }
}
