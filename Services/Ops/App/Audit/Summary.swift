import Contracts
import Postgres

/// What an evening of trade comes to: orders by state, stock, shipments, commissions.
struct Summary: Encodable {
    struct Line: Encodable, Equatable {
        let group: String
        let name: String
        let count: Int64
        /// Pieces for stock, minor units for money.
        let amount: Int64
    }

    let lines: [Line]

    static func read(_ connection: Connection) throws -> Summary {
        let rows = try connection.query(
            """
            SELECT 'orders', CASE WHEN state = 'cancelled' THEN state || ': ' || cancel_reason ELSE state END,
                count(*), sum(total)::bigint
            FROM intake.orders GROUP BY 2
            UNION ALL
            SELECT 'refunds', state, count(*), sum(amount)::bigint FROM after_sales.refunds GROUP BY 2
            UNION ALL
            SELECT 'cases', kind || ' ' || coalesce(outcome, state), count(*), sum(amount)::bigint
            FROM after_sales.cases GROUP BY 2
            UNION ALL
            SELECT 'shipments', state, count(DISTINCT shipment_id), sum(l.quantity)::bigint
            FROM fulfilment.shipments JOIN fulfilment.shipment_lines AS l USING (shipment_id) GROUP BY 2
            UNION ALL
            SELECT 'stock', 'on hand', count(*), coalesce(sum(on_hand), 0)::bigint FROM inventory.stock_levels
            UNION ALL
            SELECT 'stock', 'reserved', count(*) FILTER (WHERE reserved > 0), coalesce(sum(reserved), 0)::bigint
            FROM inventory.stock_levels
            UNION ALL
            SELECT 'commission', state, count(DISTINCT o.order_id), coalesce(sum(l.amount - l.reversed), 0)::bigint
            FROM commission.orders AS o LEFT JOIN commission.legs AS l USING (order_id) GROUP BY 2
            UNION ALL
            SELECT 'balances', account, count(*), sum(amount)::bigint FROM commission.balances GROUP BY 2
            ORDER BY 1, 2
            """)
        return Summary(
            lines: rows.map { Line(group: $0.text(0), name: $0.text(1), count: $0.int64(2), amount: $0.int64(3)) })
    }

    var text: String {
        let order = ["orders", "shipments", "stock", "cases", "refunds", "commission", "balances"]
        return order.compactMap { group in
            let rows = lines.filter { $0.group == group }
            guard !rows.isEmpty else { return nil }
            let isPieces = group == "stock" || group == "shipments"
            return Screen.table(
                [group, "count", isPieces ? "pieces" : "amount"],
                rows.map { [$0.name, "\($0.count)", isPieces ? "\($0.amount)" : Self.money($0.amount)] })
        }.joined(separator: "\n\n")
    }

    /// 123456 is 1234.56.
    static func money(_ amount: Int64) -> String {
        let cents = amount.magnitude % 100
        return (amount < 0 ? "-" : "") + "\(amount.magnitude / 100)." + (cents < 10 ? "0" : "") + "\(cents)"
    }
}
