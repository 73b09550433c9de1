import ConsoleDomain
import Contracts
import Postgres

/// 库存周转: how fast goods go, and how long what is left will last.
enum StockReport {
    static let report = Report(
        code: "stock", fields: [.warehouse, .category], needs: [.stockView], scopes: [.all, .warehouses],
        answer: answer)

    private static func answer(_ question: ReportQuestion) throws -> ReportAnswer {
        let span = question.filter.span
        let days = Int64(span.count)
        let mayList = question.viewer.may(.ordersView)
        let table = ReportTable(
            code: "stock", columns: columns,
            rows: .query(query(question)) { row in
                var orders = OrderFilter()
                orders.sku = row.text(0)
                orders.from = span.from
                orders.to = span.to
                let shipped = row.int64(4)
                let (opening, closing) = (row.int64(6), row.int64(7))
                return [
                    .text(row.text(0), link: mayList ? OrderAddress.list(orders) : nil),
                    .text(row.textOrNil(1) ?? ""), .count(row.int64(2)), .count(row.int64(3)), .count(shipped),
                    .tenths(Ratio.scaled(shipped, by: 10, over: days)),
                    .tenths(Ratio.scaled(row.int64(3) * days, by: 10, over: shipped)), .count(opening),
                    .count(closing), .tenths(Ratio.scaled(shipped, by: 20, over: opening + closing)),
                    ReportCell(row.int64OrNil(5).map { .money($0) } ?? .none),
                ]
            })
        return ReportAnswer(tables: [table], notes: ["reports.stock.note"])
    }

    private static let columns = [
        ReportColumn("sku", .text), ReportColumn("item", .text), ReportColumn("on-hand", .count),
        ReportColumn("available", .count), ReportColumn("shipped-out", .count), ReportColumn("per-day", .tenths),
        ReportColumn("cover-days", .tenths), ReportColumn("opening", .count), ReportColumn("closing", .count),
        ReportColumn("turnover", .tenths), ReportColumn("stock-value", .money),
    ]

    /// The stock of a past day is today's without what has moved since.
    private static func query(_ question: ReportQuestion) -> SQL {
        let calendar = question.calendar
        let start = calendar.start(of: question.filter.span.from)
        let end = calendar.start(of: question.filter.span.to + 1)
        var levels = question.scope.stockLevels("l")
        var moves = question.scope.stockLevels("m")
        if let warehouse = question.filter.warehouse {
            levels += " AND l.warehouse = \(warehouse)"
            moves += " AND m.warehouse = \(warehouse)"
        }
        var items: SQL = "TRUE"
        if let category = question.filter.category { items = "i.body ->> 'category' = \(category)" }
        return """
            SELECT h.sku, i.body ->> 'name', h.on_hand, h.available, coalesce(m.shipped, 0)::int8,
                h.on_hand * (i.body ->> 'cost')::int8, (h.on_hand - coalesce(m.since_start, 0))::int8,
                (h.on_hand - coalesce(m.since_end, 0))::int8
            FROM (
                SELECT l.sku, sum(l.on_hand)::int8 AS on_hand, sum(l.available)::int8 AS available
                FROM stock_levels l WHERE \(levels) GROUP BY 1
            ) AS h
            LEFT JOIN (
                SELECT m.sku, sum(m.quantity) AS since_start,
                    sum(m.quantity) FILTER (WHERE m.at >= \(end)) AS since_end,
                    -sum(m.quantity) FILTER (WHERE m.kind = 'shipped' AND m.at < \(end)) AS shipped
                FROM movements m WHERE m.at >= \(start) AND \(moves) GROUP BY 1
            ) AS m ON m.sku = h.sku
            LEFT JOIN current_records i ON i.topic = 'catalog.items.v1' AND i.key = h.sku
            WHERE \(items)
            ORDER BY CASE WHEN coalesce(m.shipped, 0) = 0 THEN 1 ELSE 0 END,
                h.available::numeric / nullif(m.shipped, 0), h.sku
            """
    }
}
