import ConsoleDomain
import Contracts
import Postgres

/// 热销商品: what is sold most, and what comes back.
enum ProductReport {
    static let report = Report(
        code: "products", fields: [.channel, .warehouse, .category, .member], answer: answer)

    private static func answer(_ question: ReportQuestion) throws -> ReportAnswer {
        // Each row is of one SKU, whose category narrows nothing more.
        let link = OrderLink(question.withoutCategory, question.filter.span)
        let rows = try rows(question)
        let query: SQL = """
            SELECT p.sku, i.body ->> 'name', i.body ->> 'category', p.orders, p.sold_orders, p.sold_quantity,
                p.sold_amount, p.refunded_quantity, p.refunded_amount
            FROM (
                SELECT s.sku, sum(s.orders)::int8 AS orders, sum(s.sold_orders)::int8 AS sold_orders,
                    sum(s.sold_quantity)::int8 AS sold_quantity, sum(s.sold_amount)::int8 AS sold_amount,
                    sum(s.refunded_quantity)::int8 AS refunded_quantity,
                    sum(s.refunded_amount)::int8 AS refunded_amount
                FROM \(rows) s GROUP BY 1
            ) AS p
            LEFT JOIN current_records i ON i.topic = 'catalog.items.v1' AND i.key = p.sku
            ORDER BY p.sold_amount DESC, p.sku
            """
        let table = ReportTable(
            code: "products", columns: columns,
            rows: .query(query) { row in
                let address = link { $0.sku = row.text(0) }
                let sold = link {
                    $0.sku = row.text(0)
                    $0.money = .sold
                }
                return [
                    .text(row.text(0), link: address), .text(row.textOrNil(1) ?? ""), .text(row.textOrNil(2) ?? ""),
                    .count(row.int64(3), link: address), .count(row.int64(4), link: sold), .count(row.int64(5)),
                    .money(row.int64(6)), .count(row.int64(7)),
                    .percent(Ratio.basisPoints(row.int64(7), of: row.int64(5))), .money(row.int64(8)),
                ]
            }, chart: ReportChart(shape: .bar, series: [6]))
        return ReportAnswer(tables: [table])
    }

    private static let columns = [
        ReportColumn("sku", .text), ReportColumn("item", .text), ReportColumn("category", .text),
        ReportColumn("sku-orders", .count), ReportColumn("sku-sold-orders", .count),
        ReportColumn("sold-quantity", .count), ReportColumn("sold-amount", .money),
        ReportColumn("refunded-quantity", .count), ReportColumn("return-rate", .percent),
        ReportColumn("refunded-amount", .money),
    ]

    private static let columnsRead: SQL = """
        r.sku, r.orders, r.sold_orders, r.sold_quantity, r.sold_amount, r.refunded_quantity, r.refunded_amount
        """

    private static func rows(_ question: ReportQuestion) throws -> SQL {
        let span = question.filter.span
        let days: SQL = "BETWEEN \(span.from) AND \(span.to)"
        var inCategory: SQL = "TRUE"
        if let category = question.filter.category {
            inCategory = "r.sku IN (SELECT i.sku FROM items i WHERE i.category = \(category))"
        }
        let source = question.withoutCategory.source
        if source.table == .sales("") {
            let cover = try question.cover()
            let narrowed: SQL = "r.currency = \(question.currency) AND \(inCategory)"
            return """
                (SELECT \(columnsRead) FROM sku_days r
                WHERE \(cover.days("r")) AND \(narrowed) AND \(source.channels("r"))
                UNION ALL SELECT \(columnsRead) FROM sku_months r
                WHERE \(cover.months("r")) AND \(narrowed) AND \(source.channelsOfMonths("r")))
                """
        }
        return """
            (SELECT r.sku, 1 AS orders, o.is_sold::int AS sold_orders, r.quantity * o.is_sold::int AS sold_quantity,
                r.amount * o.is_sold::int AS sold_amount, r.refunded_quantity, r.refunded_amount
            FROM (SELECT o.order_id, o.\(SalesSource.isSold) AS is_sold FROM orders o
                  WHERE o.day \(days) AND \(source.orders("o"))) o,
            LATERAL (SELECT l.sku, sum(l.quantity) AS quantity, sum(l.paid) AS amount,
                    sum(l.refunded_quantity) AS refunded_quantity, sum(l.refunded_amount) AS refunded_amount
                FROM order_lines l WHERE l.order_id = o.order_id GROUP BY 1) r
            WHERE \(inCategory))
            """
    }
}

extension ReportQuestion {
    var withoutCategory: ReportQuestion {
        var other = self
        other.filter.category = nil
        return other
    }
}
