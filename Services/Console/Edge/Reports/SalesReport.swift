import ConsoleDomain
import Contracts
import Postgres

/// 销售概览: orders and money by period, beside the period before and the same one a year before.
enum SalesReport {
    static let report = Report(
        code: "sales", fields: [.grain, .channel, .warehouse, .category, .member], answer: answer)

    private static func answer(_ question: ReportQuestion) throws -> ReportAnswer {
        let span = question.filter.span
        let now = try Sums(question, span)
        let previous = try Sums(question, span.previous)
        let lastYear = try Sums(question, span.lastYear)
        return ReportAnswer(
            figures: figures(now.total, previous.total, lastYear.total, OrderLink(question, span)),
            tables: [trend(question, now, previous, lastYear), try states(question)])
    }

    /// Without the tables.
    static func figures(_ question: ReportQuestion) throws -> [ReportFigure] {
        let span = question.filter.span
        return figures(
            try Sums(question, span).total, try Sums(question, span.previous).total,
            try Sums(question, span.lastYear).total, OrderLink(question, span))
    }

    /// What the days of a span come to, by period.
    private struct Sums {
        let periods: [(span: DaySpan, figures: SalesFigures)]
        let total: SalesFigures

        init(_ question: ReportQuestion, _ span: DaySpan) throws {
            let days = try question.figures(of: span)
            periods = SalesFigures.periods(of: span, question.filter.grain, days)
            total = periods.reduce(into: SalesFigures()) { $0 += $1.figures }
        }
    }

    private static func figures(
        _ now: SalesFigures, _ before: SalesFigures, _ year: SalesFigures, _ link: OrderLink
    ) -> [ReportFigure] {
        func figure(_ key: String, _ link: String?, _ value: (SalesFigures) -> ReportCell.Value) -> ReportFigure {
            ReportFigure(
                key: key, now: ReportCell(value(now), link: link), previous: value(before), lastYear: value(year))
        }
        let sold = link { $0.money = .sold }
        return [
            figure("orders", link()) { .count($0.orders) },
            figure("total", link()) { .money($0.total) },
            figure("sold-orders", sold) { .count($0.soldOrders) },
            figure("paid-rate", nil) { $0.paidRate.map { .basisPoints($0) } ?? .none },
            figure("sold-total", sold) { .money($0.soldTotal) },
            figure("average", nil) { $0.averageValue.map { .money($0) } ?? .none },
            figure("refunded", link { $0.money = .refunded }) { .money($0.refunded) },
            figure("refund-rate", nil) { $0.refundRate.map { .basisPoints($0) } ?? .none },
        ]
    }

    private static func trend(
        _ question: ReportQuestion, _ now: Sums, _ previous: Sums, _ lastYear: Sums
    ) -> ReportTable {
        let rows = now.periods.enumerated().map { index, period in
            cells(.day(period.span.from), period.figures, OrderLink(question, period.span))
                + [
                    index < previous.periods.count
                        ? .money(
                            previous.periods[index].figures.total,
                            link: OrderLink(question, previous.periods[index].span)()) : .empty,
                    index < lastYear.periods.count
                        ? .money(
                            lastYear.periods[index].figures.total,
                            link: OrderLink(question, lastYear.periods[index].span)()) : .empty,
                ]
        }
        let filter = question.filter
        return ReportTable(
            code: "trend",
            columns: [ReportColumn("period", .day)] + columns
                + [ReportColumn("total-previous", .money), ReportColumn("total-last-year", .money)],
            rows: .all(rows),
            total: cells(.word("reports.total"), now.total, OrderLink(question, filter.span))
                + [
                    .money(previous.total.total, link: OrderLink(question, filter.span.previous)()),
                    .money(lastYear.total.total, link: OrderLink(question, filter.span.lastYear)()),
                ],
            chart: ReportChart(shape: .line, series: [2, 9, 10]))
    }

    static let columns = [
        ReportColumn("orders", .count), ReportColumn("total", .money), ReportColumn("sold-orders", .count),
        ReportColumn("paid-rate", .percent), ReportColumn("sold-total", .money), ReportColumn("average", .money),
        ReportColumn("refunded", .money), ReportColumn("refund-rate", .percent),
    ]

    /// A row of figures; what the list of orders can show leads there.
    static func cells(_ name: ReportCell.Value, _ figures: SalesFigures, _ link: OrderLink) -> [ReportCell] {
        let sold = link { $0.money = .sold }
        return [
            ReportCell(name), .count(figures.orders, link: link()), .money(figures.total, link: link()),
            .count(figures.soldOrders, link: sold), .percent(figures.paidRate), .money(figures.soldTotal, link: sold),
            ReportCell(figures.averageValue.map { .money($0) } ?? .none),
            .money(figures.refunded, link: link { $0.money = .refunded }),
            .percent(figures.refundRate),
        ]
    }

    private static func states(_ question: ReportQuestion) throws -> ReportTable {
        let span = question.filter.span
        let found = try question.connection.rows(
            """
            SELECT f.state, sum(f.orders)::int8, sum(f.total)::int8 FROM \(question.source.rows(in: span)) f GROUP BY 1
            """)
        let sums = Dictionary(uniqueKeysWithValues: found.map { ($0.text(0), ($0.int64(1), $0.int64(2))) })
        let orders = sums.values.reduce(0) { $0 + $1.0 }
        let link = OrderLink(question, span)
        let rows = OrderStage.allCases.map { stage in
            let (count, total) = sums[stage.rawValue] ?? (0, 0)
            let address = link { $0.state = stage }
            return [
                ReportCell.word("term.state.\(stage.rawValue)"), .count(count, link: address),
                .money(total, link: address), .percent(Ratio.basisPoints(count, of: orders)),
            ]
        }
        return ReportTable(
            code: "states",
            columns: [
                ReportColumn("state", .text), ReportColumn("orders", .count), ReportColumn("total", .money),
                ReportColumn("share", .percent),
            ], rows: .all(rows))
    }
}
