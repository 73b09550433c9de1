/// Walks a JSON text once and lists its values; nothing is copied and no text is made.
struct JSONScanner {
    private static let maximumDepth = 32
    private let bytes: [UInt8]
    private var position = 0
    private(set) var nodes: [JSONDocument.Node] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        nodes.reserveCapacity(bytes.count / 12 + 4)
    }

    mutating func scanDocument() throws(Fault) {
        try scanValue(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw fault("text after the value") }
    }

    private mutating func scanValue(depth: Int) throws(Fault) {
        skipSpace()
        guard position < bytes.count else { throw fault("the text ends early") }
        switch bytes[position] {
        case UInt8(ascii: "{"): try scanContainer(.object, closing: UInt8(ascii: "}"), depth: depth)
        case UInt8(ascii: "["): try scanContainer(.array, closing: UInt8(ascii: "]"), depth: depth)
        case UInt8(ascii: "\""): try scanString()
        case UInt8(ascii: "t"): try scanWord("true", .bool)
        case UInt8(ascii: "f"): try scanWord("false", .bool)
        case UInt8(ascii: "n"): try scanWord("null", .null)
        default: try scanNumber()
        }
    }

    private mutating func scanContainer(
        _ kind: JSONDocument.Node.Kind, closing: UInt8, depth: Int
    ) throws(Fault) {
        guard depth < Self.maximumDepth else { throw fault("deeper than \(Self.maximumDepth) levels") }
        let node = nodes.count
        append(kind, from: position)
        position += 1
        skipSpace()
        if peek() == closing {
            position += 1
        } else {
            while true {
                if kind == .object {
                    skipSpace()
                    guard peek() == UInt8(ascii: "\"") else { throw fault("a name in quotes is missing") }
                    try scanString()
                    skipSpace()
                    guard take(UInt8(ascii: ":")) else { throw fault("a colon is missing") }
                }
                try scanValue(depth: depth + 1)
                skipSpace()
                if take(closing) { break }
                guard take(UInt8(ascii: ",")) else { throw fault("a comma is missing") }
            }
        }
        nodes[node].end = Int32(position)
        nodes[node].next = Int32(nodes.count)
    }

    private mutating func scanString() throws(Fault) {
        position += 1
        let start = position
        var isEscaped = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                append(.string, from: start, isEscaped: isEscaped)
                position += 1
                return
            }
            guard byte >= 0x20 else { throw fault("a control character in a string") }
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                position += 1
            }
            position += 1
        }
        position = bytes.count
        throw fault("a string does not end")
    }

    private mutating func scanWord(_ word: StaticString, _ kind: JSONDocument.Node.Kind) throws(Fault) {
        let start = position
        let end = start + word.utf8CodeUnitCount
        var matches = end <= bytes.count
        if matches { word.withUTF8Buffer { buffer in matches = unsafe buffer.elementsEqual(bytes[start..<end]) } }
        guard matches else { throw fault("an unknown word") }
        position = end
        append(kind, from: start)
    }

    private mutating func scanNumber() throws(Fault) {
        let start = position
        _ = take(UInt8(ascii: "-"))
        let firstDigit = position
        guard skipDigits() > 0 else { throw fault("an unexpected character") }
        if bytes[firstDigit] == UInt8(ascii: "0"), position - firstDigit > 1 {
            throw fault("a number with a leading 0")
        }
        if take(UInt8(ascii: ".")), skipDigits() == 0 { throw fault("a number ends with its point") }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            position += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard skipDigits() > 0 else { throw fault("a number ends with its exponent sign") }
        }
        append(.number, from: start)
    }

    private mutating func append(_ kind: JSONDocument.Node.Kind, from start: Int, isEscaped: Bool = false) {
        nodes.append(
            .init(
                kind: kind, isEscaped: isEscaped, start: Int32(start), end: Int32(position),
                next: Int32(nodes.count + 1)))
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < bytes.count, bytes[position] &- 48 < 10 { position += 1 }
        return position - start
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private func fault(_ what: String) -> Fault { Fault("not JSON: \(what) at byte \(position)") }
}
