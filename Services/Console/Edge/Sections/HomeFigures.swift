import ConsoleDomain
import Contracts

/// What the first page says of today's sales, to whoever may see the report: the same figures, by the same rules.
enum HomeFigures {
    private static let shown = ["orders", "sold-orders", "sold-total", "refunded"]

    static func content(_ visit: Visit) async throws -> ContentValue {
        let report = SalesReport.report
        guard report.admits(visit.viewer) else { return .flag(false) }
        let tools = visit.tools
        let today = tools.calendar.day(of: visit.mallNow)
        let filter = ReportFilter(named: .today, span: NamedSpan.today.span(on: today))
        let (figures, newest) = try await tools.database.read { connection in
            let question = try ReportQuestion(
                report, filter, visit.viewer, at: visit.mallNow, tools.calendar, connection)
            let words = ReportWords(
                phrases: tools.phrases, language: visit.language, calendar: tools.calendar,
                currency: question.currency)
            let view = ReportView(report: report, filter: filter, words: words, visit: visit)
            let figures = try SalesReport.figures(question).filter { shown.contains($0.key) }.map { figure in
                // What they mean is said in the report, beside the tables that the words point to.
                view.figure(figure).merging(["definition": .flag(false)])
            }
            return (figures, try view.newest(connection))
        }
        return .content([
            "figures": .list(figures), "newest": newest, "day": .text(visit.formats.day(today)),
            "path": .text("/reports/\(report.code)?\(filter.query)"),
        ])
    }
}
