/// One value of a JSON text.
public struct JSONValue: Sendable {
    let document: JSONDocument
    let node: Int

    public func object() throws(Fault) -> JSONObject {
        guard document.nodes[node].kind == .object else { throw wrong("an object") }
        return JSONObject(document: document, node: node)
    }

    /// A whole number within 64 bits.
    public func integer() throws(Fault) -> Int64 {
        guard document.nodes[node].kind == .number else { throw wrong("a whole number") }
        var number: Int64 = 0
        var isNegative = false
        for index in Int(document.nodes[node].start)..<Int(document.nodes[node].end) {
            let byte = document.bytes[index]
            if byte == UInt8(ascii: "-") {
                isNegative = true
                continue
            }
            let digit = byte &- 48
            guard digit < 10 else { throw wrong("a whole number") }
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.subtractingReportingOverflow(Int64(digit))
            guard !overflow, !carry else { throw wrong("within 64 bits") }
            number = sum
        }
        guard isNegative || number != .min else { throw wrong("within 64 bits") }
        return isNegative ? number : -number
    }

    /// Text of at most `limit` characters, without U+0000.
    public func string(atMost limit: Int = 200) throws(Fault) -> String {
        let value = document.nodes[node]
        guard value.kind == .string else { throw wrong("text") }
        let slice = document.bytes[Int(value.start)..<Int(value.end)]
        let bytes = value.isEscaped ? try unescaped(slice) : slice
        guard let text = String(validating: bytes, as: UTF8.self) else { throw wrong("valid UTF-8") }
        guard !bytes.contains(0) else { throw Fault("holds U+0000", field: path) }
        guard bytes.count <= limit || text.unicodeScalars.count <= limit else {
            throw wrong("at most \(limit) characters long")
        }
        return text
    }

    /// The token of a number or the text of a string, for readers that accept both (exact decimals, long ids).
    public func token(atMost limit: Int = 200) throws(Fault) -> String {
        let value = document.nodes[node]
        if value.kind == .string { return try string(atMost: limit) }
        guard value.kind == .number, Int(value.end - value.start) <= limit else { throw wrong("a number or text") }
        return String(decoding: document.bytes[Int(value.start)..<Int(value.end)], as: UTF8.self)
    }

    /// Where the value stands, like `lines[1].quantity`.
    public var path: String { document.path(of: node) }

    private func wrong(_ wanted: String) -> Fault { Fault("is not \(wanted)", field: path) }

    private func unescaped(_ slice: ArraySlice<UInt8>) throws(Fault) -> ArraySlice<UInt8> {
        var out: [UInt8] = []
        out.reserveCapacity(slice.count)
        var index = slice.startIndex
        while index < slice.endIndex {
            guard slice[index] == UInt8(ascii: "\\") else {
                out.append(slice[index])
                index += 1
                continue
            }
            guard index + 1 < slice.endIndex else { throw wrong("well escaped") }
            let escape = slice[index + 1]
            index += 2
            if escape == UInt8(ascii: "u") {
                let scalar = try unicodeEscape(slice, &index)
                out.append(contentsOf: String(Character(scalar)).utf8)
            } else if let byte = Self.plainEscapes[escape] {
                out.append(byte)
            } else {
                throw wrong("well escaped")
            }
        }
        return out[...]
    }

    private static let plainEscapes: [UInt8: UInt8] = [
        0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
    ]

    /// Four hex digits, or two such groups that make a surrogate pair.
    private func unicodeEscape(_ slice: ArraySlice<UInt8>, _ index: inout Int) throws(Fault) -> Unicode.Scalar {
        let first = try hexDigits(slice, &index)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, index + 1 < slice.endIndex, slice[index] == UInt8(ascii: "\\"),
            slice[index + 1] == UInt8(ascii: "u")
        else { throw wrong("well escaped") }
        index += 2
        let second = try hexDigits(slice, &index)
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw wrong("well escaped") }
        return scalar
    }

    private func hexDigits(_ slice: ArraySlice<UInt8>, _ index: inout Int) throws(Fault) -> UInt32 {
        guard index + 4 <= slice.endIndex,
            let number = UInt32(String(decoding: slice[index..<index + 4], as: UTF8.self), radix: 16),
            slice[index] != UInt8(ascii: "+"), slice[index] != UInt8(ascii: "-")
        else { throw wrong("well escaped") }
        index += 4
        return number
    }
}
