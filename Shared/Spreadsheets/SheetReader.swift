import Foundation

/// Reads the first sheet of a workbook (XLSX) as text: what a table of comma-separated values would hold.
///
/// - Shape: rows from the top, each with its number and without empty cells at its end; empty ones are left out. Formulas stand as what they came to when the
///   file was saved, dates and times as `2026-11-30` and `2026-11-30 08:05:00`, flags as `true` and `false`.
/// - Source: ECMA-376, part 1, section 18 (SpreadsheetML); part 2 (packages).
struct SheetReader {
    /// Whether bytes begin as an archive does, which no text does.
    static func isWorkbook(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

    /// - Throws: `SpreadsheetError` for what is no workbook, a sheet with more rows or columns, or a number too long to be
    ///   kept by a spreadsheet.
    static func rows(_ bytes: [UInt8], limit: Int) throws(SpreadsheetError) -> [TableRow] {
        let archive = try ZipArchive(bytes)
        let book = try WorkbookParts(archive)
        guard let sheet = try archive.part(book.sheet) else {
            throw SpreadsheetError("the workbook has no \(book.sheet)")
        }
        let cells = SheetCells(book, limit: limit)
        try PartReader(begin: cells.begin, end: cells.end).read(sheet, part: book.sheet)
        if let fault = cells.fault { throw fault }
        return cells.rows
    }
}

/// The cells of a sheet as they are read.
private final class SheetCells {
    private let book: WorkbookParts
    private let limit: Int
    private(set) var rows: [TableRow] = []
    /// What was wrong first.
    private(set) var fault: SpreadsheetError?
    private var number = 0
    private var cells: [String] = []
    private var column = -1
    private var type = ""
    private var style = 0
    /// Texts between the tags of one cell: its value, or the runs of a text within it.
    private var value = ""
    private var isFormula = false
    private var isPhonetic = false

    init(_ book: WorkbookParts, limit: Int) {
        self.book = book
        self.limit = limit
    }

    func begin(_ name: String, _ attributes: PartReader.Attributes) {
        switch name {
        case "row":
            number = attributes["r"].flatMap { Int($0) } ?? number + 1
            cells = []
            column = -1
        case "c":
            column = attributes["r"].flatMap(Self.column) ?? column + 1
            type = attributes["t"] ?? "n"
            style = attributes["s"].flatMap { Int($0) } ?? 0
            value = ""
            isFormula = false
        case "f": isFormula = true
        case "rPh": isPhonetic = true
        default: break
        }
    }

    func end(_ name: String, _ text: String) {
        switch name {
        case "v": value = text
        case "t" where !isPhonetic: value += text
        case "rPh": isPhonetic = false
        case "c": take()
        case "row": endRow()
        default: break
        }
    }

    private func take() {
        guard !value.isEmpty || isFormula, fault == nil else { return }
        do throws(SpreadsheetError) {
            guard !value.isEmpty || type == "str" else {
                throw SpreadsheetError(
                    "row \(number) has a formula that nobody has worked out: open the file in a spreadsheet and save it"
                )
            }
            let text = try text()
            guard !text.isEmpty else { return }
            guard column < TableReader.maximumColumns else {
                throw SpreadsheetError("row \(number) has more than \(TableReader.maximumColumns) columns")
            }
            while cells.count <= column { cells.append("") }
            cells[column] = text
        } catch {
            fault = error
        }
    }

    private func endRow() {
        guard !cells.isEmpty, fault == nil else { return }
        guard rows.count < limit else {
            fault = SpreadsheetError("there are more than \(limit) rows; split the table")
            return
        }
        rows.append(TableRow(number: number, cells: cells))
    }

    private func text() throws(SpreadsheetError) -> String {
        switch type {
        case "s":
            guard let index = Int(value), book.texts.indices.contains(index) else {
                throw SpreadsheetError("row \(number) names a text that the workbook does not have")
            }
            return book.texts[index]
        case "inlineStr", "str": return CellText.unescaped(value)
        case "b": return value == "1" ? "true" : "false"
        case "e", "d": return value
        default: return try numeric()
        }
    }

    private func numeric() throws(SpreadsheetError) -> String {
        guard let amount = Double(value), amount.isFinite else { return value }
        if book.isDate(style: style) { return CellText.time(amount, from1904: book.startsIn1904) }
        guard amount.magnitude < 1e15 else {
            throw SpreadsheetError(
                "row \(number) has a number of more than 15 digits, of which a spreadsheet keeps only 15: "
                    + "format the column as text and enter it again")
        }
        return CellText.number(amount)
    }

    /// `AB12` → 27.
    private static func column(_ reference: String) -> Int? {
        var column = 0
        for letter in reference.utf8.prefix(while: { 65...90 ~= $0 }) {
            guard column < 1 << 20 else { return nil }
            column = column * 26 + Int(letter) - 64
        }
        return column > 0 ? column - 1 : nil
    }
}
