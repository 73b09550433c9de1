import Mustache

/// What a template is filled with, by name.
///
/// - Shape: an absent name, an empty text and an empty list are all "nothing" to `{{#name}}` and `{{^name}}`.
struct Content: Sendable, ExpressibleByDictionaryLiteral, MustacheParent {
    private var values: [String: ContentValue]

    init(dictionaryLiteral pairs: (String, ContentValue)...) {
        values = Dictionary(pairs) { _, last in last }
    }

    subscript(_ name: String) -> ContentValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    func merging(_ other: Content) -> Content {
        var sum = self
        sum.values.merge(other.values) { _, new in new }
        return sum
    }

    func child(named name: String) -> Any? {
        switch values[name] {
        case .text(let text): text?.isEmpty == false ? text : nil
        case .flag(let flag): flag
        case .list(let list): list
        case .content(let content): content
        case .markup(let markup): markup.text
        case nil: nil
        }
    }
}

enum ContentValue: Sendable, ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral {
    /// Escaped where it is shown.
    case text(String?)
    case flag(Bool)
    case list([Content])
    case content(Content)
    /// For `{{{name}}}`.
    case markup(Markup)

    init(stringLiteral text: String) { self = .text(text) }
    init(booleanLiteral flag: Bool) { self = .flag(flag) }
    init(arrayLiteral list: Content...) { self = .list(list) }
}

/// HTML or SVG that a program of ours has written; whatever in it comes from outside has been escaped.
struct Markup: Sendable, Equatable {
    private(set) var text: String

    /// - Parameter text: Markup of the program itself.
    init(_ text: StaticString) { self.text = text.description }

    private init(raw text: String) { self.text = text }

    /// What a template has made: it escapes.
    static func rendered(_ library: MustacheLibrary, _ name: String, _ content: Content) -> Markup? {
        library.render(content, withTemplate: name).map(Markup.init(raw:))
    }

    static func += (left: inout Markup, right: Markup) { left.text += right.text }

    /// Text from anywhere, for between tags and inside quoted attributes.
    static func escaped(_ text: String) -> Markup {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: ">"): escaped += "&gt;".utf8
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            case UInt8(ascii: "\""): escaped += "&quot;".utf8
            case UInt8(ascii: "'"): escaped += "&#39;".utf8
            default: escaped.append(byte)
            }
        }
        return Markup(raw: String(decoding: escaped, as: UTF8.self))
    }
}
