/// One change of a JSON text that a careless or hostile sender could make.
public enum Mutation {
    private static let strangers = [
        "null", "true", "\"\"", "\"x\"", "0", "-1", "1.5", "1e400", "-0", "99999999999999999999999999", "\"NaN\"",
        "999999999999", "\"9999999999.99\"", "[]", "{}", "\"0000-00-00 00:00:00\"", "\"2026-02-30 10:00:00\"",
        "\"\\u0000\"", "\"\\ud800\"", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "{\"a\":{\"a\":{\"a\":1}}}", "\"\(String(repeating: "长", count: 2001))\"", "1000000", "\"5e3\"", "253402300800",
    ]

    public static func apply(to bytes: inout [UInt8], using random: inout SplitMix) {
        guard !bytes.isEmpty else { return }
        switch Int.random(in: 0..<10, using: &random) {
        case 0: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random) / 8)
        case 1: bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        case 2...4:
            guard let value = values(bytes).randomElement(using: &random) else { return }
            bytes.replaceSubrange(value, with: Array((strangers.randomElement(using: &random) ?? "0").utf8))
        case 5, 6:
            // The name goes, so that the field is one nobody asks for.
            guard let value = values(bytes).randomElement(using: &random), value.lowerBound > 4 else { return }
            bytes[value.lowerBound - 4] = UInt8(ascii: "~")
        case 7:
            let all = values(bytes)
            guard let left = all.randomElement(using: &random), let right = all.randomElement(using: &random),
                left.upperBound <= right.lowerBound
            else { return }
            let moved = Array(bytes[right])
            bytes.replaceSubrange(right, with: Array(bytes[left]))
            bytes.replaceSubrange(left, with: moved)
        default:
            // A number becomes a text, or a text loses its quotes.
            guard let value = values(bytes).randomElement(using: &random) else { return }
            let token = Array(bytes[value])
            let isText = token.first == UInt8(ascii: "\"")
            bytes.replaceSubrange(
                value,
                with: isText ? Array(token.dropFirst().dropLast()) : [UInt8(ascii: "\"")] + token + [UInt8(ascii: "\"")]
            )
        }
    }

    /// The simple values behind a colon and a space.
    private static func values(_ bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 2
        while index < bytes.count {
            defer { index += 1 }
            guard bytes[index - 1] == UInt8(ascii: " "), bytes[index - 2] == UInt8(ascii: ":"),
                bytes[index] != UInt8(ascii: "{"), bytes[index] != UInt8(ascii: "[")
            else { continue }
            let isText = bytes[index] == UInt8(ascii: "\"")
            let end = bytes[(index + 1)...].firstIndex { byte in
                isText
                    ? byte == UInt8(ascii: "\"")
                    : [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")].contains(byte)
            }
            if let end { ranges.append(index..<(isText ? end + 1 : end)) }
        }
        return ranges
    }
}
