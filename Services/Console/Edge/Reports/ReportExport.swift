import ConsoleDomain
import Foundation
import Postgres
import Spreadsheets

enum ExportFormat: String, CaseIterable, Sendable {
    case csv, xlsx

    var type: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }
}

/// Writes what a report says into a file, in memory that does not grow with its rows.
struct ReportExport {
    let answer: ReportAnswer
    let words: ReportWords
    let connection: Connection

    private static let rowsAtOnce: SQL = "FETCH FORWARD 2000 FROM export_rows"
    private static let bytesAtOnce = 1 << 18

    /// One table as CSV; without a code the first.
    ///
    /// - Parameter hasMark: Begins with U+FEFF, without which some spreadsheets take UTF-8 for something else.
    /// - Throws: `SiteProblem.notFound` for a table that the report does not have.
    func writeSeparated(_ code: String?, hasMark: Bool, to path: String) throws {
        guard let table = code.map({ code in answer.tables.first { $0.code == code } }) ?? answer.tables.first else {
            throw SiteProblem.notFound
        }
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        var bytes = hasMark ? SeparatedText.byteOrderMark : []
        let words = words
        SeparatedText.append(table.columns.map(words.title), to: &bytes)
        try forEachRow(of: table) { row in
            SeparatedText.append(row.map { words.text($0.value) }, to: &bytes)
            guard bytes.count >= Self.bytesAtOnce else { return }
            try file.write(contentsOf: bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        try file.write(contentsOf: bytes)
        try file.close()
    }

    /// Every table as a sheet; one that is longer than a sheet goes on in the next.
    func writeWorkbook(to path: String) throws {
        let book = try Workbook(path: path)
        for table in answer.tables {
            let name = words.say("reports.table.\(table.code)")
            let titles = table.columns.map(words.title)
            var sheets = 1
            var rows: UInt32 = 1
            try book.begin(sheet: name, titles: titles)
            try forEachRow(of: table) { row in
                if rows == Workbook.maximumRows {
                    sheets += 1
                    rows = 1
                    try book.begin(sheet: "\(name) \(sheets)", titles: titles)
                }
                try book.add(row.map { words.cell($0.value) })
                rows += 1
            }
        }
        try book.close()
    }

    private func forEachRow(of table: ReportTable, _ body: ([ReportCell]) throws -> Void) throws {
        switch table.rows {
        case .all(let rows):
            for row in rows { try body(row) }
        case .query(let query, let read), .begun(_, let query, let read):
            try connection.transaction { transaction in
                try transaction.rows("DECLARE export_rows NO SCROLL CURSOR FOR \(query)")
                // A cursor ends, and each turn takes it further.
                while true {
                    let rows = try transaction.rows(Self.rowsAtOnce)
                    if rows.isEmpty { return }
                    for row in rows { try body(read(row)) }
                }
            }
        }
        if let total = table.total { try body(total) }
    }
}
