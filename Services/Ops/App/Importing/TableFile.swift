import Spreadsheets

enum TableFile {
    private static let maximumRows = 200_000

    /// - Throws: `OpsFailure` for a file that cannot be read.
    static func rows(_ bytes: [UInt8]) throws -> [TableRow] {
        do throws(SpreadsheetError) {
            return try TableReader.rows(bytes, limit: maximumRows)
        } catch {
            throw OpsFailure(error.description, status: .data)
        }
    }
}
