/// Writes Kafka frames by hand, as the protocol guide shows them.
struct FrameWriter {
    private var body: [UInt8] = []

    /// The frame with its length in front.
    var frame: [UInt8] { Self.bigEndian(Int32(body.count)) + body }
    /// What was written, without a length.
    var bytes: [UInt8] { body }

    mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
        body += Self.bigEndian(value)
    }

    /// A text with two bytes of length, or with a compact length.
    mutating func text(_ text: String, flexible: Bool = false) {
        if flexible { integer(UInt8(text.utf8.count + 1)) } else { integer(Int16(text.utf8.count)) }
        body += text.utf8
    }

    mutating func raw(_ bytes: [UInt8]) {
        body += bytes
    }

    /// The length of an array or a byte string.
    mutating func count(_ count: Int, flexible: Bool = false) {
        if flexible { integer(UInt8(count + 1)) } else { integer(Int32(count)) }
    }

    /// No tagged fields.
    mutating func noTags(flexible: Bool = true) {
        if flexible { integer(UInt8(0)) }
    }

    mutating func requestHeader(_ apiKey: Int16, version: Int16, correlationID: Int32, flexible: Bool = false) {
        integer(apiKey)
        integer(version)
        integer(correlationID)
        text("test")
        noTags(flexible: flexible)
    }

    static func bigEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        stride(from: Value.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
