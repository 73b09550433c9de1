/// A frame that ends early or holds an impossible length; the front then passes it on as it is.
struct MalformedFrame: Error, Equatable {
    let offset: Int
}

/// Reads the primitive types of Kafka's protocol out of one frame, front to back.
///
/// - Shape: "flexible" versions use compact lengths (unsigned varint, plus one) and end structures with tagged fields.
/// - Errors: `MalformedFrame` with the byte offset where the frame stopped making sense.
/// - Source: Kafka protocol guide, "Protocol Primitive Types"; KIP-482.
struct FrameReader {
    let bytes: [UInt8]
    private(set) var offset: Int

    init(_ bytes: [UInt8], from offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws(MalformedFrame) -> Value {
        let start = offset
        try skip(Value.bitWidth / 8)
        var value: Value = 0
        for index in start..<offset { value = (value << 8) | Value(truncatingIfNeeded: bytes[index]) }
        return value
    }

    mutating func skip(_ count: Int) throws(MalformedFrame) {
        guard count >= 0, bytes.count - offset >= count else { throw MalformedFrame(offset: offset) }
        offset += count
    }

    /// Where a text's bytes are; empty for an absent text.
    mutating func text(flexible: Bool) throws(MalformedFrame) -> Range<Int> {
        let length = flexible ? try compactLength() : Int(try integer(Int16.self))
        let start = offset
        try skip(max(length, 0))
        return start..<offset
    }

    /// Steps over a byte string and tells its length, 0 for an absent one.
    mutating func skipBytes(flexible: Bool) throws(MalformedFrame) -> Int {
        let length = max(flexible ? try compactLength() : Int(try integer(Int32.self)), 0)
        try skip(length)
        return length
    }

    /// How many elements follow; 0 for an absent array. Never more than the bytes left, which bounds each loop.
    mutating func elementCount(flexible: Bool) throws(MalformedFrame) -> Int {
        let count = max(flexible ? try compactLength() : Int(try integer(Int32.self)), 0)
        guard count <= bytes.count - offset else { throw MalformedFrame(offset: offset) }
        return count
    }

    /// Steps over the tagged fields that end a flexible structure.
    mutating func skipTags(flexible: Bool) throws(MalformedFrame) {
        guard flexible else { return }
        let count = try unsignedVarint()
        guard count <= bytes.count - offset else { throw MalformedFrame(offset: offset) }
        for _ in 0..<count {
            _ = try unsignedVarint()
            try skip(try unsignedVarint())
        }
    }

    /// -1 stands for absent, as in the older encodings.
    private mutating func compactLength() throws(MalformedFrame) -> Int {
        try unsignedVarint() - 1
    }

    private mutating func unsignedVarint() throws(MalformedFrame) -> Int {
        var value = 0
        for position in 0..<5 {
            let byte = try integer(UInt8.self)
            value |= Int(byte & 0x7F) << (7 * position)
            if byte & 0x80 == 0 { return value }
        }
        throw MalformedFrame(offset: offset)
    }
}
