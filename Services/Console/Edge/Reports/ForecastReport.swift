import ConsoleDomain
import Contracts
import Postgres

/// 预测对比: what was expected of a SKU when an order was suggested, and what was sold in the days it was for.
enum ForecastReport {
    static let report = Report(
        code: "forecast", fields: [.category], needs: [.stockView], scopes: [.all, .warehouses], answer: answer)

    private static func answer(_ question: ReportQuestion) throws -> ReportAnswer {
        let sums = try question.connection.rows(
            """
            SELECT count(*), coalesce(sum(expected), 0)::int8, coalesce(sum(sold), 0)::int8,
                coalesce(sum(abs(expected - sold)), 0)::int8
            FROM (\(forecasts(question))) AS f
            """)[0]
        guard sums.int64(0) > 0 else {
            return ReportAnswer(tables: [], notes: ["reports.forecast.none"])
        }
        let (expected, sold) = (sums.int64(1), sums.int64(2))
        let table = ReportTable(
            code: "forecast", columns: columns,
            rows: .query("\(forecasts(question)) ORDER BY suggested_on DESC, sku", cells(question)))
        return ReportAnswer(
            figures: [
                ReportFigure(key: "forecasts", now: .count(sums.int64(0))),
                ReportFigure(key: "expected", now: .count(expected)),
                ReportFigure(key: "forecast-sold", now: .count(sold)),
                ReportFigure(key: "wape", now: .percent(Ratio.basisPoints(sums.int64(3), of: sold))),
                ReportFigure(key: "bias", now: .percent(Ratio.basisPoints(expected - sold, of: sold))),
            ], tables: [table], notes: ["reports.forecast.note"])
    }

    private static let columns = [
        ReportColumn("sku", .text), ReportColumn("item", .text), ReportColumn("suggested-on", .day),
        ReportColumn("forecast-days", .count), ReportColumn("method", .text), ReportColumn("expected", .count),
        ReportColumn("forecast-sold", .count), ReportColumn("error", .count), ReportColumn("error-share", .percent),
    ]

    private static func cells(_ question: ReportQuestion) -> @Sendable (Row) -> [ReportCell] {
        let mayList = question.viewer.may(.ordersView)
        return { row in
            let day = CivilDay(daysSinceEpoch: row.daysSinceEpoch(2))
            let (expected, sold) = (row.int64(5), row.int64(6))
            var link = OrderFilter()
            link.sku = row.text(0)
            link.from = day
            link.to = day + (Int(row.int64(3)) - 1)
            return [
                .text(row.text(0)), .text(row.textOrNil(1) ?? ""), ReportCell(.day(day)), .count(row.int64(3)),
                .text(row.text(4)), .count(expected), .count(sold, link: mayList ? OrderAddress.list(link) : nil),
                .count(expected - sold), .percent(Ratio.basisPoints(abs(expected - sold), of: sold)),
            ]
        }
    }

    /// Made in the days that are asked about, for days that are over.
    private static func forecasts(_ question: ReportQuestion) -> SQL {
        let calendar = question.calendar
        let span = question.filter.span
        var items: SQL = "TRUE"
        if let category = question.filter.category { items = "i.body ->> 'category' = \(category)" }
        return """
            SELECT s.sku, i.body ->> 'name', s.suggested_on, s.days, s.method, s.expected,
                coalesce((SELECT sum(d.sold_quantity) FROM sku_days d
                    WHERE d.sku = s.sku AND d.day BETWEEN s.suggested_on AND s.suggested_on + (s.days::int - 1)
                    ), 0)::int8 AS sold
            FROM (
                SELECT t.key AS sku, (t.at AT TIME ZONE \(calendar.timeZoneIdentifier))::date AS suggested_on,
                    (t.body ->> 'coverDays')::int8 AS days, t.body ->> 'method' AS method,
                    (t.body ->> 'expectedDemand')::int8 AS expected
                FROM facts t
                WHERE t.type = 'tributary.inventory.alerts.ReplenishmentSuggested.v1'
                    AND t.at >= \(calendar.start(of: span.from)) AND t.at < \(calendar.start(of: span.to + 1))
            ) AS s
            LEFT JOIN current_records i ON i.topic = 'catalog.items.v1' AND i.key = s.sku
            WHERE s.days > 0 AND s.suggested_on + s.days::int <= \(question.today) AND \(items)
            """
    }
}
