public import Contracts

/// Tables as text: CSV as programs write it, or what is copied out of a spreadsheet with tabs.
///
/// - Source: RFC 4180. A cell that a spreadsheet would take for a formula carries an apostrophe in front, which reading
///   takes away again.
public enum CommaSeparated {
    public static let maximumColumns = 100

    /// Reads all rows with the number of the line that each begins on.
    ///
    /// - Throws: `Fault` for text that is not UTF-8, a quote that does not end, or more than `limit` rows.
    public static func rows(_ bytes: [UInt8], limit: Int) throws(Fault) -> [(line: Int, cells: [String])] {
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard let text = String(validating: body, as: UTF8.self) else {
            throw Fault("the text is not UTF-8; save it as \u{201C}CSV UTF-8\u{201D}")
        }
        guard !text.utf8.contains(0) else { throw Fault("the text holds U+0000") }
        let head = text.prefix { !$0.isNewline }
        var reader = CellReader(separator: head.contains("\t") && !head.contains(",") ? "\t" : ",", limit: limit)
        for character in text { try reader.take(character) }
        return try reader.end()
    }

    /// One row with its line end.
    public static func row(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    private static func cell(_ text: String) -> String {
        let safe = isFormula(text) ? "'" + text : text
        guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline || $0 == "\t" }) else { return safe }
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// Also with apostrophes in front, so that reading takes away exactly the one that was added. Numbers are none.
    private static func isFormula(_ text: String) -> Bool {
        guard text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) == nil else { return false }
        guard let first = text.drop(while: { $0 == "'" }).first else { return false }
        return "=+-@\t\r\n".contains(first) || first == "\r\n"
    }

    static func withoutGuard(_ text: String) -> String {
        text.hasPrefix("'") && isFormula(String(text.dropFirst())) ? String(text.dropFirst()) : text
    }
}

/// Takes a text apart, character by character.
private struct CellReader {
    let separator: Character
    let limit: Int
    private var rows: [(line: Int, cells: [String])] = []
    private var cells: [String] = []
    private var cell = ""
    private var isQuoted = false
    /// The quote just read ends the cell, or is the first of two.
    private var isAfterQuote = false
    private var line = 1
    private var start = 1

    init(separator: Character, limit: Int) {
        self.separator = separator
        self.limit = limit
    }

    mutating func take(_ character: Character) throws(Fault) {
        if character.isNewline { line += 1 }
        if isQuoted, !isAfterQuote {
            if character == "\"" { isAfterQuote = true } else { cell.append(character) }
            return
        }
        if isAfterQuote, character == "\"" {
            cell.append(character)
            isAfterQuote = false
            return
        }
        switch character {
        case separator: endCell()
        case "\n", "\r\n", "\r": try endRow()
        case "\"" where cell.isEmpty && !isAfterQuote: isQuoted = true
        default:
            guard !isAfterQuote else { throw Fault("line \(line) has text behind a closing quote") }
            cell.append(character)
        }
    }

    mutating func end() throws(Fault) -> [(line: Int, cells: [String])] {
        guard !isQuoted || isAfterQuote else { throw Fault("the quote of line \(start) does not end") }
        if !cells.isEmpty || !cell.isEmpty { try endRow() }
        return rows
    }

    private mutating func endCell() {
        cells.append(CommaSeparated.withoutGuard(cell))
        cell = ""
        isQuoted = false
        isAfterQuote = false
    }

    private mutating func endRow() throws(Fault) {
        endCell()
        if cells.contains(where: { !$0.isEmpty }) {
            guard rows.count < limit else { throw Fault("there are more than \(limit) rows; split the table") }
            guard cells.count <= CommaSeparated.maximumColumns else {
                throw Fault("line \(start) has more than \(CommaSeparated.maximumColumns) columns")
            }
            rows.append((start, cells))
        }
        cells = []
        start = line
    }
}
