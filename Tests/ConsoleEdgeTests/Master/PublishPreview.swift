import Testing

@testable import ConsoleEdge

extension Browser {
    /// Sends the form of a master record's preview on, as it stands there.
    func publish(_ kind: String, _ preview: Reply, reason: String = "as agreed") async throws -> Reply {
        let ends = hidden("ends", in: preview.text)
        let body = try ends.map { _ in "" } ?? #require(hidden("body", in: preview.text))
        return try await post(
            "/master/\(kind)/publish",
            [
                "body": body, "ends": ends ?? "", "offset": hidden("offset", in: preview.text) ?? "",
                "key": hidden("key", in: preview.text) ?? "", "reason": reason,
            ])
    }

    private func hidden(_ name: String, in page: String) -> String? {
        page.components(after: "name=\"\(name)\" value=\"").map { rest in
            String(rest.prefix { $0 != "\"" }).replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
                .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
        }
    }
}
