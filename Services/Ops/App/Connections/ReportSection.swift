import Contracts
import Postgres

/// One question to a service's tables whose answer people read as a table and programs as objects.
struct ReportQuery: Sendable {
    let name: StaticString
    let head: [String]
    /// Answers as many columns of text as `head` has titles.
    let sql: StaticString

    func ask(_ connection: Connection, _ parameters: Parameters) throws -> ReportSection {
        let rows = try connection.query(sql, parameters)
        return ReportSection(
            name: name, head: head, rows: rows.map { row in head.indices.map { row.textOrNil($0) ?? "" } })
    }
}

/// Rows of a table with their titles, as text.
struct ReportSection {
    let name: StaticString
    let head: [String]
    let rows: [[String]]

    /// `nil` when there is nothing to show.
    var text: String? { rows.isEmpty ? nil : "\(name)\n" + Screen.table(head, rows) }

    func write(to json: inout JSONWriter) {
        json.array(name) { array in
            for row in rows {
                array.element { object in
                    for (title, cell) in zip(head, row) { object.field(named: title, cell) }
                }
            }
        }
    }
}
