import ConsoleDomain
import Contracts
import Postgres

/// 退款: how much of what was bought goes back, and why.
enum RefundReport {
    static let report = Report(
        code: "refunds", fields: [.grain, .channel, .warehouse, .category, .member], answer: answer)

    private static func answer(_ question: ReportQuestion) throws -> ReportAnswer {
        let span = question.filter.span
        let periods = SalesFigures.periods(of: span, question.filter.grain, try question.figures(of: span))
        let total = periods.reduce(into: SalesFigures()) { $0 += $1.figures }
        let before = try sum(question, span.previous)
        let year = try sum(question, span.lastYear)
        let refunded = OrderLink(question, span)({ $0.money = .refunded })
        func figure(
            _ key: String, _ link: String? = nil, _ value: (SalesFigures) -> ReportCell.Value
        ) -> ReportFigure {
            ReportFigure(
                key: key, now: ReportCell(value(total), link: link), previous: value(before), lastYear: value(year))
        }
        return ReportAnswer(
            figures: [
                figure("refunded", refunded) { .money($0.refunded) },
                figure("refund-rate") { $0.refundRate.map { .basisPoints($0) } ?? .none },
                figure("refunded-orders", refunded) { .count($0.refundedOrders) },
                figure("refunded-share") {
                    Ratio.basisPoints($0.refundedOrders, of: $0.orders).map { .basisPoints($0) } ?? .none
                },
            ],
            tables: [trend(question, periods, total), try reasons(question)])
    }

    private static func sum(_ question: ReportQuestion, _ span: DaySpan) throws -> SalesFigures {
        try question.figures(of: span).values.reduce(into: SalesFigures()) { $0 += $1 }
    }

    private static func trend(
        _ question: ReportQuestion, _ periods: [(span: DaySpan, figures: SalesFigures)], _ total: SalesFigures
    ) -> ReportTable {
        ReportTable(
            code: "refunds",
            columns: [
                ReportColumn("period", .day), ReportColumn("orders", .count), ReportColumn("paid", .money),
                ReportColumn("refunded", .money), ReportColumn("refund-rate", .percent),
                ReportColumn("partly-refunded", .count), ReportColumn("fully-refunded", .count),
            ],
            rows: .all(periods.map { cells(.day($0.span.from), $0.figures, OrderLink(question, $0.span)) }),
            total: cells(.word("reports.total"), total, OrderLink(question, question.filter.span)),
            chart: ReportChart(shape: .bar, series: [3]))
    }

    private static func cells(
        _ name: ReportCell.Value, _ figures: SalesFigures, _ link: OrderLink
    ) -> [ReportCell] {
        [
            ReportCell(name), .count(figures.orders, link: link()),
            .money(figures.paid, link: link { $0.money = .paid }),
            .money(figures.refunded, link: link { $0.money = .refunded }),
            .percent(figures.refundRate), .count(figures.partlyRefunded, link: link { $0.refund = .partial }),
            .count(figures.fullyRefunded, link: link { $0.refund = .full }),
        ]
    }

    /// Cases by when they were opened, not by when their orders were placed: they are about today's trouble.
    private static func reasons(_ question: ReportQuestion) throws -> ReportTable {
        let span = question.filter.span
        let calendar = question.calendar
        var ofOrders: SQL = "TRUE"
        if question.viewer.scope != .all || question.hasOtherCurrencies || question.isNarrowed {
            ofOrders = """
                EXISTS (SELECT FROM orders o WHERE o.order_id = c.order_id AND \(question.source.orders("o")))
                """
        }
        let rows = try question.connection.rows(
            """
            SELECT c.kind, c.reason, count(*), coalesce(sum(c.refunded), 0)::int8
            FROM cases c
            WHERE c.opened_at >= \(calendar.start(of: span.from)) AND c.opened_at < \(calendar.start(of: span.to + 1))
                AND \(ofOrders)
            GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 200
            """)
        let cases = rows.reduce(0) { $0 + $1.int64(2) }
        return ReportTable(
            code: "reasons",
            columns: [
                ReportColumn("case-kind", .text), ReportColumn("reason", .text), ReportColumn("cases", .count),
                ReportColumn("share", .percent), ReportColumn("case-refunded", .money),
            ],
            rows: .all(
                rows.map { row in
                    [
                        row.textOrNil(0).map { .word("reports.kind.\($0)") } ?? .empty,
                        reason(row.textOrNil(1) ?? ""), .count(row.int64(2)),
                        .percent(Ratio.basisPoints(row.int64(2), of: cases)), .money(row.int64(3)),
                    ]
                }))
    }

    /// What channels send is a word of theirs, or a sentence of the buyer's.
    private static func reason(_ text: String) -> ReportCell {
        text.wholeMatch(of: /[A-Za-z-]+/) == nil ? .text(text) : .word("queues.buyer-reason.\(text.lowercased())")
    }
}
