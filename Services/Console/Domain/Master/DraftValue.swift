public import Contracts

/// A JSON value that is put together out of what people have typed; the contract says whether it will do.
public indirect enum DraftValue: Sendable, Equatable {
    case flag(Bool)
    /// Digits as they were typed.
    case number(String)
    case text(String)
    case list([DraftValue])
    case object([Field])
    /// JSON as somebody has written it.
    case written(String)

    public struct Field: Sendable, Equatable {
        public let name: String
        public let value: DraftValue

        public init(_ name: String, _ value: DraftValue) {
            self.name = name
            self.value = value
        }
    }

    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    /// - Throws: `Fault` when a piece that somebody has written is no JSON.
    public func object() throws(Fault) -> JSONObject { try JSONDocument.object(bytes) }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .flag(let flag): bytes += (flag ? "true" : "false").utf8
        case .number(let digits): bytes += digits.utf8
        case .written(let json): bytes += json.utf8
        case .text(let text): Self.write(text, to: &bytes)
        case .list(let values): Self.enclose("[", values, "]", to: &bytes) { $0.write(to: &$1) }
        case .object(let fields):
            Self.enclose("{", fields, "}", to: &bytes) { field, bytes in
                Self.write(field.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                field.value.write(to: &bytes)
            }
        }
    }

    private static func enclose<Element>(
        _ opening: String, _ elements: [Element], _ closing: String, to bytes: inout [UInt8],
        _ write: (Element, inout [UInt8]) -> Void
    ) {
        bytes += opening.utf8
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(element, &bytes)
        }
        bytes += closing.utf8
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 0x00..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += "\\u00".utf8
                bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
