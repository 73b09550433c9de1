import Postgres

/// What a run came to, apart from when: two runs of one seed are equal in it, however often services died.
struct EndState: Equatable, CustomStringConvertible {
    let orders: [String]
    let stock: [String]
    let shipments: [String]
    let money: [String]
    let commission: [String]

    init(_ connection: Connection) throws {
        func lines(_ sql: StaticString) throws -> [String] { try connection.query(sql).map { $0.text(0) } }
        orders = try lines(
            """
            SELECT concat_ws(' ', order_id, state, stock_status, refund_status, cancel_reason, member_id, total, paid, refunded)
            FROM intake.orders ORDER BY order_id
            """)
        stock = try lines(
            "SELECT concat_ws(' ', sku, warehouse, on_hand, reserved) FROM inventory.stock_levels ORDER BY sku, warehouse"
        )
        shipments = try lines(
            "SELECT concat_ws(' ', shipment_id, warehouse, carrier, waybill, state) FROM fulfilment.shipments ORDER BY 1"
        )
        money = try lines(
            """
            SELECT concat_ws(' ', a.order_id, a.paid, a.refunded, a.pending, string_agg(c.kind || c.state || c.amount, ',' ORDER BY c.number))
            FROM after_sales.accounts a LEFT JOIN after_sales.cases c USING (order_id) GROUP BY a.order_id ORDER BY a.order_id
            """)
        commission = try lines(
            "SELECT concat_ws(' ', member_id, account, amount) FROM commission.balances ORDER BY member_id, account")
    }

    var description: String {
        "\(orders.count) orders, \(stock.count) levels, \(shipments.count) shipments, \(commission.count) balances"
    }

    /// The first lines in which two runs differ.
    func differences(from other: EndState) -> [String] {
        let pairs = [
            (orders, other.orders), (stock, other.stock), (shipments, other.shipments), (money, other.money),
            (commission, other.commission),
        ]
        return pairs.flatMap { mine, theirs in Set(mine).symmetricDifference(theirs).sorted().prefix(6) }
    }
}
