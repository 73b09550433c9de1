import Foundation

/// Every text of the site in both languages, by key.
///
/// - Shape: files `Phrases/<area>.json`: `{"orders.title": {"zh": "订单", "en": "Orders"}}`. `{name}` in a phrase stands
///   for a value.
struct Phrases: Sendable {
    struct Phrase: Codable, Sendable {
        let zh: String
        let en: String

        subscript(_ language: Language) -> String { language == .zh ? zh : en }
    }

    let byKey: [String: Phrase]

    /// - Throws: `SiteDefect` naming the file that cannot be read or the key that stands twice.
    init(_ files: [[UInt8]]) throws {
        var byKey: [String: Phrase] = [:]
        for file in files {
            do {
                let phrases = try JSONDecoder().decode([String: Phrase].self, from: Data(file))
                try byKey.merge(phrases) { _, _ in throw SiteDefect("a phrase stands twice") }
            } catch {
                throw SiteDefect("phrases \(String(decoding: file.prefix(60), as: UTF8.self)): \(error)")
            }
        }
        self.byKey = byKey
    }

    func has(_ key: String) -> Bool { byKey[key] != nil }

    /// A key that has no phrase stands for itself: a page with an odd word is better than none. A test finds it.
    func text(_ key: String, _ language: Language, _ values: [String: String] = [:]) -> String {
        guard let phrase = byKey[key] else { return key }
        return values.reduce(phrase[language]) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    /// A template with its `[[key]]` filled in; `{name}` inside a phrase becomes the template's `{{name}}`.
    ///
    /// - Throws: `SiteDefect` for a key that has no phrase.
    func filling(_ template: String, _ language: Language) throws -> String {
        var text = ""
        var rest = template[...]
        while let start = rest.range(of: "[[") {
            guard let end = rest[start.upperBound...].range(of: "]]") else { throw SiteDefect("[[ without ]]") }
            let key = String(rest[start.upperBound..<end.lowerBound])
            guard let phrase = byKey[key] else { throw SiteDefect("no phrase \(key)") }
            text += rest[..<start.lowerBound] + Self.markup(phrase[language])
            rest = rest[end.upperBound...]
        }
        return text + rest
    }

    private static func markup(_ phrase: String) -> String {
        phrase.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
            .replacing("{", with: "{{").replacing("}", with: "}}")
    }
}

/// Something of the site's own that is wrong: it does not start.
struct SiteDefect: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
