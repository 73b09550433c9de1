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
            rows: .query(try query(question)) { row in
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
    private static func query(_ question: ReportQuestion) throws -> SQL {
        var levels = question.scope.stockLevels("l")
        if let warehouse = question.filter.warehouse { levels += " AND l.warehouse = \(warehouse)" }
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
                SELECT m.sku, sum(m.moved) AS since_start, sum(m.moved) FILTER (WHERE m.is_after) AS since_end,
                    sum(m.shipped) FILTER (WHERE NOT m.is_after) AS shipped
                FROM \(try moves(question)) m GROUP BY 1
            ) AS m ON m.sku = h.sku
            LEFT JOIN current_records i ON i.topic = 'catalog.items.v1' AND i.key = h.sku
            WHERE \(items)
            ORDER BY CASE WHEN coalesce(m.shipped, 0) = 0 THEN 1 ELSE 0 END,
                h.available::numeric / nullif(m.shipped, 0), h.sku
            """
    }

    /// What has moved within the span, and after it: months that stand, and the movements of the days that are left.
    private static func moves(_ question: ReportQuestion) throws -> SQL {
        let span = question.filter.span
        var mine = question.scope.stockLevels("r")
        if let warehouse = question.filter.warehouse { mine += " AND r.warehouse = \(warehouse)" }
        let within = try question.cover()
        var parts = [rows(of: within, isAfter: false, mine, question)]
        if let since = DaySpan(span.to + 1, question.today) {
            parts.append(rows(of: try question.cover(of: since), isAfter: true, mine, question))
        }
        // Whatever bears a later time than now.
        let later = question.calendar.start(of: max(span.to, question.today) + 1)
        parts.append(
            "SELECT r.sku, r.quantity, 0, TRUE FROM movements r WHERE r.at >= \(later) AND \(mine)")
        let all = parts.dropFirst().reduce(parts[0]) { $0 + " UNION ALL " + $1 }
        return "(\(all))"
    }

    private static func rows(of cover: MonthCover, isAfter: Bool, _ mine: SQL, _ question: ReportQuestion) -> SQL {
        let calendar = question.calendar
        let times = cover.rest.reduce("(FALSE") { (times: SQL, days) in
            times + " OR r.at >= \(calendar.start(of: days.from)) AND r.at < \(calendar.start(of: days.to + 1))"
        }
        return """
            SELECT r.sku, r.quantity AS moved, CASE WHEN r.kind = 'shipped' THEN -r.quantity ELSE 0 END AS shipped,
                \(isAfter) AS is_after FROM movements r WHERE \(times)) AND \(mine)
            UNION ALL SELECT r.sku, r.moved, r.shipped, \(isAfter) FROM stock_months r
            WHERE \(cover.months("r")) AND \(mine)
            """
    }
}
