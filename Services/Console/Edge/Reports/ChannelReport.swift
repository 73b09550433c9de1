import ConsoleDomain
import Contracts
import Postgres

/// 渠道排行: what each channel brings.
enum ChannelReport {
    static let report = Report(code: "channels", fields: [.channel, .warehouse, .category, .member], answer: answer)

    private static func answer(_ question: ReportQuestion) throws -> ReportAnswer {
        let span = question.filter.span
        let now = try figures(question, span)
        let before = try figures(question, span.previous)
        let total = now.values.reduce(into: SalesFigures()) { $0 += $1 }
        let names = try names(question)
        let ranked = now.sorted { ($1.value.total, $0.key) < ($0.value.total, $1.key) }
        let rows = ranked.map { channel, figures in
            let link = OrderLink(question, span, channel: channel)
            return SalesReport.cells(.text(names[channel] ?? channel), figures, link)
                + [
                    .percent(Ratio.basisPoints(figures.total, of: total.total)),
                    .percent(changeBasisPoints(from: before[channel]?.total ?? 0, to: figures.total)),
                ]
        }
        let whole = SalesReport.cells(.word("reports.total"), total, OrderLink(question, span))
        let former = before.values.reduce(0) { $0 + $1.total }
        return ReportAnswer(tables: [
            ReportTable(
                code: "channels",
                columns: [ReportColumn("channel", .text)] + SalesReport.columns
                    + [ReportColumn("total-share", .percent), ReportColumn("total-change", .percent)],
                rows: .all(rows),
                total: whole + [.empty, .percent(changeBasisPoints(from: former, to: total.total))],
                chart: ReportChart(shape: .bar, series: [2, 5]))
        ])
    }

    private static func figures(_ question: ReportQuestion, _ span: DaySpan) throws -> [String: SalesFigures] {
        let rows = try question.connection.rows(
            "SELECT f.channel, \(SalesSource.figures) FROM \(question.source.rows(in: span)) f GROUP BY 1")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.text(0), SalesSource.read($0, from: 1)) })
    }

    private static func names(_ question: ReportQuestion) throws -> [String: String] {
        let rows = try question.connection.rows("SELECT channel, coalesce(name, channel) FROM channels")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.text(0), $0.text(1)) })
    }
}
