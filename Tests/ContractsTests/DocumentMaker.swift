/// Random JSON documents, and what carelessness makes of them.
enum DocumentMaker {
    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "0", "1", "-", "+", ".", "e", "E", "u", "n", "null", "true", "false",
        " ", "\n", "\t", "\u{1}", "\\u", "\\ud83d", "\\ude00", "\\n", "\\/", "é", "中", "😀", "1.5e3", "[]", "{}", "\"\"",
    ].map { Array($0.utf8) }

    private static let texts = [
        "", "a", "b", "name", "李雷", "😀", "\\n", "\\u4e2d", "\\ud83d\\ude00", "\\\"", "\\\\", "a\\/b", "\\u0001",
        "e\\u0301", "\u{7F}", "\u{FFFF}",
    ]

    private static let numbers = [
        "0", "-0", "1", "-1", "12900", "1.5", "-0.25", "1e3", "1E-2", "2.50e+1", "123456789012", "9007199254740993",
    ]

    /// A document with none to three defects or harmless changes.
    static func mutatedDocument(using random: inout SeededGenerator) -> [UInt8] {
        var nextName = 0
        var bytes = Array(object(depth: 4, &nextName, &random).utf8)
        for _ in 0..<Int.random(in: 0...3, using: &random) { mutate(&bytes, &random) }
        return bytes
    }

    private static func value(depth: Int, _ nextName: inout Int, _ random: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return "null"
        case 1: return Bool.random(using: &random) ? "true" : "false"
        case 2, 3: return numbers.randomElement(using: &random) ?? "0"
        case 4: return "\"" + (texts.randomElement(using: &random) ?? "") + "\""
        case 5:
            var values: [String] = []
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                values.append(value(depth: depth - 1, &nextName, &random))
            }
            return "[" + values.joined(separator: Bool.random(using: &random) ? "," : " , ") + "]"
        default: return object(depth: depth - 1, &nextName, &random)
        }
    }

    /// Names are numbered, so that none stands twice by itself.
    private static func object(depth: Int, _ nextName: inout Int, _ random: inout SeededGenerator) -> String {
        var fields: [String] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            nextName += 1
            let name = (texts.randomElement(using: &random) ?? "") + "#\(nextName)"
            fields.append("\"\(name)\":" + value(depth: depth, &nextName, &random))
        }
        return "{" + fields.joined(separator: ",") + "}"
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
        case 2: bytes[place] = UInt8.random(in: 1...255, using: &random)
        case 3: bytes.removeLast(min(bytes.count, Int.random(in: 1...3, using: &random)))
        default: bytes[place] = (pieces.randomElement(using: &random) ?? [0x20])[0]
        }
    }
}

/// SplitMix64: the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
