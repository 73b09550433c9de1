import Foundation

/// The fields of one JSON object as they stand in the text, so that a value travels byte for byte, right or wrong.
///
/// - Errors: `OpsFailure` when the text is no JSON object.
struct RawFields {
    private(set) var fields: [(name: String, value: [UInt8])] = []

    init(_ text: [UInt8]) throws {
        let parsed = try? JSONSerialization.jsonObject(with: Data(text))  // Its own error would quote the line.
        guard parsed is [String: Any] else { throw OpsFailure("is not a JSON object", status: .data) }
        // The text is valid JSON from here on: only strings and depth matter.
        var index = text.firstIndex(of: UInt8(ascii: "{")).map { $0 + 1 } ?? text.count
        while let start = Self.skipSpace(text, index), text[start] == UInt8(ascii: "\"") {
            let nameEnd = Self.endOfString(text, start)
            guard let colon = text[nameEnd...].firstIndex(of: UInt8(ascii: ":")),
                let valueStart = Self.skipSpace(text, colon + 1)
            else { break }
            let valueEnd = Self.endOfValue(text, valueStart)
            fields.append((try Self.text(text[start..<nameEnd]), Array(text[valueStart..<valueEnd])))
            guard let next = Self.skipSpace(text, valueEnd), text[next] == UInt8(ascii: ",") else { break }
            index = next + 1
        }
    }

    /// The text of a field; nil when it is absent or null.
    func value(_ name: String) -> [UInt8]? {
        fields.first { $0.name == name }.flatMap { $0.value == Array("null".utf8) ? nil : $0.value }
    }

    /// The characters of a field that is a string.
    func string(_ name: String) throws -> String? {
        guard let value = value(name) else { return nil }
        guard value.first == UInt8(ascii: "\"") else { throw OpsFailure("\(name) is not text", status: .data) }
        return try Self.text(value[...])
    }

    private static func text(_ slice: ArraySlice<UInt8>) throws -> String {
        try JSONDecoder().decode(String.self, from: Data(slice))
    }

    private static func skipSpace(_ text: [UInt8], _ start: Int) -> Int? {
        (start..<max(start, text.count)).first { ![0x20, 0x09, 0x0A, 0x0D].contains(text[$0]) }
    }

    private static func endOfString(_ text: [UInt8], _ start: Int) -> Int {
        var index = start + 1
        while index < text.count, text[index] != UInt8(ascii: "\"") {
            index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, text.count)
    }

    private static func endOfValue(_ text: [UInt8], _ start: Int) -> Int {
        var depth = 0
        var index = start
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\""):
                index = endOfString(text, index)
                if depth == 0 { return index }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return index }
                depth -= 1
                if depth == 0 { return index + 1 }
            case UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D: if depth == 0 { return index }
            default: break
            }
            index += 1
        }
        return index
    }
}
