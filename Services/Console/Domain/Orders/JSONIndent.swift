/// JSON as people read it: a line for each member, two spaces for each level.
public enum JSONIndent {
    /// - Parameter text: JSON that has been read before; anything else comes back with odd breaks.
    public static func text(_ text: String) -> String {
        var lines: [UInt8] = []
        var depth = 0
        var isQuoted = false
        var isEscaped = false
        for byte in text.utf8 {
            if isQuoted {
                lines.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else {
                    isQuoted = byte != UInt8(ascii: "\"")
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                isQuoted = true
                lines.append(byte)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                lines.append(byte)
                breakLine(&lines, depth)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                breakLine(&lines, depth)
                lines.append(byte)
            case UInt8(ascii: ","):
                lines.append(byte)
                breakLine(&lines, depth)
            case UInt8(ascii: ":"): lines += ": ".utf8
            case 0x20, 0x0A, 0x0D, 0x09: break
            default: lines.append(byte)
            }
        }
        return String(decoding: lines, as: UTF8.self)
    }

    /// What opens and closes at once stays together.
    private static func breakLine(_ lines: inout [UInt8], _ depth: Int) {
        while lines.last == 0x20 || lines.last == 0x0A { lines.removeLast() }
        lines.append(0x0A)
        lines += Array(repeating: 0x20, count: 2 * max(0, depth))
    }
}
