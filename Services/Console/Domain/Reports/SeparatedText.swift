/// Rows as comma-separated text for spreadsheets.
///
/// - Source: RFC 4180; OWASP, "CSV Injection": a program must not take a text for a formula.
public enum SeparatedText {
    public static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    public enum Field: Sendable, Equatable {
        /// Anything from outside.
        case text(String)
        /// Digits of ours, which may begin with a minus.
        case number(String)
    }

    /// Appends a line with its end.
    public static func append(_ fields: [Field], to bytes: inout [UInt8]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch field {
            case .number(let number): bytes += number.utf8
            case .text(let text): append(text, to: &bytes)
            }
        }
        bytes += [13, 10]
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let utf8 = Array(text.utf8)
        let isFormula = utf8.first.map { formulaStarts.contains($0) } ?? false
        guard isFormula || utf8.contains(where: { quoted.contains($0) }) else {
            bytes += utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        for byte in utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// `=`, `+`, `-`, `@`, tab, carriage return.
    private static let formulaStarts: Set<UInt8> = [61, 43, 45, 64, 9, 13]
    /// `"`, `,`, line feed, carriage return.
    private static let quoted: Set<UInt8> = [34, 44, 10, 13]

    /// An amount as spreadsheets read it: `-1234.50` of -123450 with two digits.
    public static func decimal(_ amount: Int64, digits: Int) -> String {
        guard digits > 0 else { return String(amount) }
        let text = String(amount.magnitude)
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.utf8.count)) + text
        return (amount < 0 ? "-" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
    }
}
