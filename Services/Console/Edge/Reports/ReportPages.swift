import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres

/// 数据报表: a page for each report.
enum ReportPages {
    static let routes: [Route] =
        [.get("/reports", .may(.reportsView), first)]
        + Report.all.map { report in
            .get("/reports/\(report.code)", .may(.reportsView)) { visit in try await show(report, visit) }
        }

    /// Rows that a page shows of a table that may have more.
    static let rowsShown = 100

    private static func first(_ visit: Visit) async throws -> Answer {
        guard let report = Report.all.first(where: { $0.admits(visit.viewer) }) else { throw SiteProblem.forbidden }
        return .redirect("/reports/\(report.code)")
    }

    private static func show(_ report: Report, _ visit: Visit) async throws -> Answer {
        guard report.admits(visit.viewer) else { throw SiteProblem.forbidden }
        let tools = visit.tools
        let read = ReadReportFilter(visit.query, today: tools.calendar.day(of: visit.mallNow))
        let content = try await tools.database.read { connection in
            let question = try ReportQuestion(
                report, read.filter, visit.viewer, at: visit.mallNow, tools.calendar, connection)
            let words = ReportWords(
                phrases: tools.phrases, language: visit.language, calendar: tools.calendar,
                currency: question.currency)
            let answer = try report.answer(question)
            let view = ReportView(report: report, filter: question.filter, words: words, visit: visit)
            return try view.content(answer, question, ReportChoices(question), connection)
        }
        let form = ReportForm(report: report, filter: read.filter, complaints: read.complaints, visit: visit)
        return .page(
            Page(
                template: "report", title: visit.say("reports.\(report.code)"),
                crumbs: [
                    Page.Crumb(visit.say("reports.title"), "/reports"), Page.Crumb(visit.say("reports.\(report.code)")),
                ], content: content.merging(form.content),
                status: read.complaints.isEmpty ? .ok : .unprocessableContent,
                scripts: ["chart.min.js", "reports.js"], styles: ["reports.css"]))
    }
}

/// What a filter can be set to.
struct ReportChoices: Sendable {
    let channels: [(code: String, name: String)]
    let warehouses: [(code: String, name: String)]
    let categories: [String]

    init(_ question: ReportQuestion) throws {
        let connection = question.connection
        channels = try connection.rows("SELECT channel, coalesce(name, channel) FROM channels ORDER BY 1 LIMIT 500")
            .map { ($0.text(0), $0.text(1)) }
            .filter { channel, _ in
                if case .channels(let own) = question.viewer.scope { own.contains(channel) } else { true }
            }
        warehouses = try connection.rows(
            "SELECT warehouse, coalesce(name, warehouse) FROM warehouses ORDER BY 1 LIMIT 500"
        ).map { ($0.text(0), $0.text(1)) }
            .filter { warehouse, _ in
                if case .warehouses(let own) = question.viewer.scope { own.contains(warehouse) } else { true }
            }
        categories = try connection.rows(
            """
            SELECT DISTINCT body ->> 'category' FROM current_records
            WHERE topic = 'catalog.items.v1' AND body ->> 'category' IS NOT NULL ORDER BY 1 LIMIT 500
            """
        ).map { $0.text(0) }
    }
}
