import Spreadsheets

/// A table in a file: comma-separated text, or the first sheet of a workbook.
enum TableFile {
    private static let maximumRows = 200_000

    /// - Returns: Every record under the number that a spreadsheet shows; those of a workbook are as wide as its first.
    /// - Throws: `OpsFailure` for a file that cannot be read.
    static func records(_ bytes: [UInt8]) throws -> [CommaSeparated.Record] {
        guard SheetReader.isWorkbook(bytes) else { return try CommaSeparated.records(bytes) }
        do throws(SpreadsheetError) {
            let rows = try SheetReader.rows(bytes, limit: maximumRows)
            let width = rows.first?.cells.count ?? 0
            return rows.map { row in
                let missing = max(0, width - row.cells.count)
                return CommaSeparated.Record(
                    row: row.number, fields: row.cells + Array(repeating: "", count: missing))
            }
        } catch {
            throw OpsFailure(error.description, status: .data)
        }
    }
}
