/// A row of a table in a file.
public struct TableRow: Sendable, Equatable {
    /// As a spreadsheet shows it, from 1: line ends within cells do not count, empty rows do.
    public let number: Int
    public let cells: [String]
    /// Why the row cannot be relied on; never of a workbook.
    public let defect: String?

    public init(number: Int, cells: [String], defect: String? = nil) {
        self.number = number
        self.cells = cells
        self.defect = defect
    }
}

/// Tables as people send them: comma-separated text, the tabs that are copied out of a spreadsheet, or a workbook of which
/// the first sheet counts.
///
/// - Shape: rows that hold something; those of a workbook are at least as wide as its first.
public enum TableReader {
    public static let maximumColumns = 200

    /// What a file says that is no workbook; `nil` for a workbook, and for what cannot be read.
    public static func text(of bytes: [UInt8]) -> String? {
        SheetReader.isWorkbook(bytes) ? nil : try? TextEncoding.text(of: bytes)
    }

    /// - Parameter limit: The most rows that may hold something.
    /// - Throws: `SpreadsheetError` for a file that cannot be read as a whole.
    public static func rows(_ bytes: [UInt8], limit: Int) throws(SpreadsheetError) -> [TableRow] {
        guard SheetReader.isWorkbook(bytes) else { return try SeparatedReader.rows(bytes, limit: limit) }
        let rows = try SheetReader.rows(bytes, limit: limit)
        let width = rows.first?.cells.count ?? 0
        return rows.map { row in
            let missing = max(0, width - row.cells.count)
            return TableRow(number: row.number, cells: row.cells + Array(repeating: "", count: missing))
        }
    }
}
