/// Rows as comma-separated text for spreadsheets.
///
/// - Source: RFC 4180; OWASP, "CSV Injection": a program must not take a text for a formula. Such a cell gets an apostrophe in
///   front, which reading takes away again; numbers stay as they are.
public enum SeparatedText {
    public static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Appends a row with its line end.
    public static func append(_ cells: [String], to bytes: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell, to: &bytes)
        }
        bytes += [13, 10]
    }

    private static func append(_ cell: String, to bytes: inout [UInt8]) {
        let isGuarded = isFormula(cell.utf8[...])
        guard isGuarded || cell.utf8.contains(where: { quoted.contains($0) }) else {
            bytes += cell.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        if isGuarded { bytes.append(apostrophe) }
        for byte in cell.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    static func withoutGuard(_ cell: String) -> String {
        let rest = cell.utf8.dropFirst()
        return cell.utf8.first == apostrophe && isFormula(rest) ? String(decoding: rest, as: UTF8.self) : cell
    }

    /// Also with apostrophes in front, so that reading takes away exactly the one that was added.
    private static func isFormula(_ cell: String.UTF8View.SubSequence) -> Bool {
        guard let first = cell.first(where: { $0 != apostrophe }), formulaStarts.contains(first) else { return false }
        return !isNumber(cell)
    }

    /// Digits with at most one point between them, and a minus in front or none.
    private static func isNumber(_ cell: String.UTF8View.SubSequence) -> Bool {
        let digits = cell.first == UInt8(ascii: "-") ? cell.dropFirst() : cell
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { 48...57 ~= $0 } }
    }

    private static let apostrophe = UInt8(ascii: "'")
    /// `=`, `+`, `-`, `@`, tab, carriage return, line feed.
    private static let formulaStarts: Set<UInt8> = [61, 43, 45, 64, 9, 13, 10]
    /// `"`, `,`, tab, line feed, carriage return.
    private static let quoted: Set<UInt8> = [34, 44, 9, 10, 13]
}
