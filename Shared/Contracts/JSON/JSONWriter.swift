/// Writes one JSON object, field by field in the order of the calls; an absent optional writes nothing.
public struct JSONWriter: Sendable {
    public fileprivate(set) var bytes: [UInt8]
    private var needsComma = false

    private init() {
        bytes = []
        bytes.reserveCapacity(512)
    }

    /// The bytes of the object that `body` writes.
    public static func object(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
        return writer.bytes
    }

    public mutating func field(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        self.name(name)
        string(value)
    }

    /// An absent value is written as `null`, for readers who look for the field.
    public mutating func field(_ name: StaticString, orNull value: String?) {
        self.name(name)
        if let value { string(value) } else { bytes.append(contentsOf: "null".utf8) }
    }

    public mutating func field(_ name: StaticString, _ value: Int64?) {
        guard let value else { return }
        self.name(name)
        integer(value)
    }

    public mutating func field(_ name: StaticString, _ value: Bool?) {
        guard let value else { return }
        self.name(name)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    public mutating func field(_ name: StaticString, _ value: Instant?) {
        guard let value else { return }
        self.name(name)
        bytes.append(UInt8(ascii: "\""))
        value.appendRFC3339(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    public mutating func object(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
        self.name(name)
        enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    /// An array whose elements `body` writes with `element`.
    public mutating func array(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
        self.name(name)
        enclose(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    public mutating func element(_ value: String) {
        comma()
        string(value)
    }

    public mutating func element(_ value: Int64) {
        comma()
        integer(value)
    }

    public mutating func element(_ body: (inout JSONWriter) -> Void) {
        comma()
        enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    /// A field whose value is already JSON.
    public mutating func field(_ name: StaticString, json: [UInt8]?) {
        guard let json else { return }
        self.name(name)
        bytes.append(contentsOf: json)
    }

    private mutating func enclose(_ opening: UInt8, _ closing: UInt8, _ body: (inout JSONWriter) -> Void) {
        bytes.append(opening)
        needsComma = false
        body(&self)
        bytes.append(closing)
        needsComma = true
    }

    fileprivate mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func name(_ name: StaticString) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func integer(_ value: Int64) {
        var magnitude = value.magnitude
        let start = bytes.count
        repeat {
            bytes.append(UInt8(48 + magnitude % 10))
            magnitude /= 10
        } while magnitude > 0
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes[start...].reverse()
    }

    fileprivate mutating func string(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case 0x22, 0x5C:
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x00..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension JSONWriter {
    /// A field whose name is known only when it is written, as in the fields of a log line.
    public mutating func field(named name: String, _ value: String) {
        comma()
        string(name)
        bytes.append(UInt8(ascii: ":"))
        string(value)
    }
}
