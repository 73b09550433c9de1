import ConsoleDomain
import Contracts
import Foundation
import Postgres
import Spreadsheets

/// All records of a kind as a table, in the form that is imported.
enum MasterExport {
    private static let slice = 1000
    static let maximumRows = 200_000

    static func csv(_ kind: MasterKind, _ visit: Visit) async throws -> Answer {
        try await note(kind, "csv", visit)
        let scope = MasterScope(kind, visit)
        let bytes = try await visit.tools.database.read { connection in
            var bytes = SeparatedText.byteOrderMark
            SeparatedText.append(columns(kind).map(\.text), to: &bytes)
            try each(scope, connection) { SeparatedText.append($0, to: &bytes) }
            return bytes
        }
        return .file("\(name(kind, visit)).csv", type: "text/csv; charset=utf-8", bytes)
    }

    static func xlsx(_ kind: MasterKind, _ visit: Visit) async throws -> Answer {
        try await note(kind, "xlsx", visit)
        let scope = MasterScope(kind, visit)
        let bytes = try await visit.tools.database.read { connection -> [UInt8] in
            let file = FileManager.default.temporaryDirectory.appending(path: "master-\(UUID().uuidString).xlsx")
            defer { try? FileManager.default.removeItem(at: file) }
            let book = try Workbook(path: file.path)
            try book.begin(sheet: kind.rawValue, titles: columns(kind).map(\.text))
            try each(scope, connection) { cells in
                try book.add(zip(columns(kind), cells).map { cell($1, $0) })
            }
            try book.close()
            return Array(try Data(contentsOf: file))
        }
        return .file(
            "\(name(kind, visit)).xlsx",
            type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes)
    }

    /// From when a version holds is said anew with each import.
    static func columns(_ kind: MasterKind) -> [MasterField] { kind.fields.filter { $0.text != "effectiveFrom" } }

    private static func name(_ kind: MasterKind, _ visit: Visit) -> String {
        "\(kind.rawValue)-\(visit.tools.calendar.day(of: visit.mallNow))"
    }

    private static func note(_ kind: MasterKind, _ format: String, _ visit: Visit) async throws {
        let after = JSONWriter.object { $0.field("format", format) }
        let entry = visit.entry("master.export", kind.rawValue, after: after)
        try await visit.tools.database.write { transaction in try AuditRows.add(entry, in: transaction) }
    }

    private static func each(
        _ scope: MasterScope, _ connection: Connection, _ take: ([String]) throws -> Void
    ) throws {
        var after = ""
        for _ in 0..<(maximumRows / slice) {
            let rows = try MasterRows.list(scope, search: nil, after: after, limit: slice, in: connection)
            for row in rows {
                let json = try JSONDocument.object(row.body)
                try take(try columns(scope.kind).map { try $0.shown($0.value(in: json), .table) })
            }
            guard rows.count == slice, let last = rows.last else { return }
            after = last.key
        }
    }

    private static func cell(_ text: String, _ field: MasterField) -> Workbook.Cell {
        switch field.kind {
        case .integer, .money, .percent: Int64(text).map { .number($0) } ?? (text.isEmpty ? .empty : .text(text))
        default: text.isEmpty ? .empty : .text(text)
        }
    }
}
