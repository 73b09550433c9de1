import ConsoleDomain
import Contracts
import Postgres

/// 订单明细: every order with its figures, for spreadsheets.
enum OrderDetailReport {
    static let report = Report(
        code: "orders", fields: [.channel, .warehouse, .category, .member], needs: [.ordersView], answer: answer)

    private static func answer(_ question: ReportQuestion) throws -> ReportAnswer {
        let span = question.filter.span
        let table = ReportTable(
            code: "orders", columns: columns,
            rows: .query(
                """
                SELECT o.order_id, coalesce(o.external_order_id, ''), o.channel, o.placed_at, o.state, o.refund_status,
                    coalesce(o.province, ''), coalesce(o.seller, ''), array_to_string(o.warehouses, ' '),
                    coalesce(o.goods_total, 0), coalesce(o.freight, 0), o.total, o.paid, o.refunded
                FROM orders o WHERE o.day BETWEEN \(span.from) AND \(span.to) AND \(question.source.orders("o"))
                ORDER BY o.day, o.order_id
                """
            ) { row in
                [
                    .text(row.text(0), link: OrderAddress.order(row.text(0))), .text(row.text(1)), .text(row.text(2)),
                    ReportCell(.time(row.instant(3))), .word("term.state.\(row.text(4))"),
                    .word("reports.refund.\(row.text(5))"), .text(row.text(6)), .text(row.text(7)), .text(row.text(8)),
                    .money(row.int64(9)), .money(row.int64(10)), .money(row.int64(11)), .money(row.int64(12)),
                    .money(row.int64(13)),
                ]
            })
        return ReportAnswer(tables: [table])
    }

    private static let columns = [
        ReportColumn("order", .text), ReportColumn("external-order", .text), ReportColumn("channel", .text),
        ReportColumn("placed", .time), ReportColumn("state", .text), ReportColumn("refund", .text),
        ReportColumn("province", .text), ReportColumn("seller", .text), ReportColumn("warehouse", .text),
        ReportColumn("goods", .money), ReportColumn("freight", .money), ReportColumn("order-total", .money),
        ReportColumn("paid", .money), ReportColumn("refunded", .money),
    ]
}

/// 商品明细: every line of every order, for spreadsheets.
enum LineDetailReport {
    static let report = Report(
        code: "lines", fields: [.channel, .warehouse, .category, .member], needs: [.ordersView], answer: answer)

    private static func answer(_ question: ReportQuestion) throws -> ReportAnswer {
        let span = question.filter.span
        var inCategory: SQL = "TRUE"
        if let category = question.filter.category {
            inCategory = "l.sku IN (SELECT i.sku FROM items i WHERE i.category = \(category))"
        }
        let table = ReportTable(
            code: "lines", columns: columns,
            rows: .query(
                """
                SELECT o.order_id, l.line_id, o.channel, o.placed_at, o.state, l.sku, l.quantity, l.unit_price,
                    l.discount, l.paid, l.refunded_quantity, l.refunded_amount
                FROM orders o JOIN order_lines l ON l.order_id = o.order_id
                WHERE o.day BETWEEN \(span.from) AND \(span.to) AND \(question.withoutCategory.source.orders("o"))
                    AND \(inCategory)
                ORDER BY o.day, o.order_id, l.line_id
                """
            ) { row in
                [
                    .text(row.text(0), link: OrderAddress.order(row.text(0))), .text(row.text(1)), .text(row.text(2)),
                    ReportCell(.time(row.instant(3))), .word("term.state.\(row.text(4))"), .text(row.text(5)),
                    .count(row.int64(6)), .money(row.int64(7)), .money(row.int64(8)), .money(row.int64(9)),
                    .count(row.int64(10)), .money(row.int64(11)),
                ]
            })
        return ReportAnswer(tables: [table])
    }

    private static let columns = [
        ReportColumn("order", .text), ReportColumn("line", .text), ReportColumn("channel", .text),
        ReportColumn("placed", .time), ReportColumn("state", .text), ReportColumn("sku", .text),
        ReportColumn("quantity", .count), ReportColumn("unit-price", .money), ReportColumn("discount", .money),
        ReportColumn("line-paid", .money), ReportColumn("refunded-quantity", .count),
        ReportColumn("refunded-amount", .money),
    ]
}
