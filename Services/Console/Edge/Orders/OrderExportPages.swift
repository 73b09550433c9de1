import ConsoleDomain
import Contracts
import Foundation
import HummingbirdCore
import NIOCore
import Spreadsheets

/// Lists of orders as files: all that a filter finds, or those that were ticked.
enum OrderExportPages {
    static let routes: [Route] = [
        .get("/orders.csv", .may(.reportsExport)) { try await export($0, .csv) },
        .get("/orders.xlsx", .may(.reportsExport)) { try await export($0, .xlsx) },
        .post("/orders/export", .may(.reportsExport), exportTicked),
    ]

    enum Format: String { case csv, xlsx }

    private static func export(_ visit: Visit, _ format: Format) async throws -> Answer {
        guard visit.viewer.may(.ordersView) else { throw SiteProblem.forbidden }
        let asked = ReadOrderFilter(visit.query)
        guard asked.complaints.isEmpty else { throw SiteProblem.badRequest }
        let viewer = visit.viewer
        let (choices, term) = try await visit.tools.database.read { connection in
            let choices = try OrderChoices.read(viewer, in: connection)
            return (choices, try asked.filter.search.map { try SearchTerm.recognise($0, viewer, in: connection) })
        }
        let conditions = OrderConditions(
            filter: asked.filter, term: term, scope: visit.scope, calendar: visit.tools.calendar)
        let source = OrderExportSource(rows: .found(conditions), choices: choices, visit: visit)
        return try await answer(source, format, OrderAddress.query(asked.filter.items))
    }

    private static func exportTicked(_ visit: Visit) async throws -> Answer {
        guard visit.viewer.may(.ordersView) else { throw SiteProblem.forbidden }
        let ids = visit.form.all("order")
        guard let format = visit.form.text("format").flatMap(Format.init(rawValue:)) else {
            throw SiteProblem.badRequest
        }
        guard !ids.isEmpty else { return .redirect(LocalPath.checked(visit.form["back"]), say: "orders.bulk.none") }
        guard ids.count <= BulkPages.most else { throw SiteProblem.tooLarge }
        let viewer = visit.viewer
        let choices = try await visit.tools.database.read { try OrderChoices.read(viewer, in: $0) }
        let source = OrderExportSource(rows: .ticked(ids), choices: choices, visit: visit)
        return try await answer(source, format, "ticked=\(ids.count)")
    }

    /// Who took what out of the house is written down first.
    private static func answer(
        _ source: OrderExportSource, _ format: Format, _ filter: String
    ) async throws -> Answer {
        let visit = source.visit
        let after = JSONWriter.object { json in
            json.field("filter", filter)
            json.field("format", format.rawValue)
        }
        let entry = visit.entry("orders.export", "orders", after: after)
        try await visit.tools.database.write { transaction in try AuditRows.add(entry, in: transaction) }
        let name = "orders-\(visit.tools.calendar.day(of: visit.mallNow)).\(format.rawValue)"
        switch format {
        case .csv:
            return .stream(type: "text/csv; charset=utf-8", fileName: name) { writer in
                try await writer.write(ByteBuffer(bytes: SeparatedText.byteOrderMark + source.head))
                try await source.eachPage { rows in
                    try await writer.write(ByteBuffer(bytes: rows.reduce(into: []) { source.append($1, to: &$0) }))
                }
                try await writer.finish(nil)
            }
        case .xlsx: return .file(name, type: workbookType, try await source.workbook())
        }
    }

    private static let workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}
