import ConsoleDomain
import Contracts
import Postgres

/// The table `order_lines`.
enum LineRows {
    static func save(_ patches: [LinePatch], in transaction: borrowing Transaction) throws(PostgresError) {
        try place(patches.filter { $0.line != nil }, in: transaction)
        try refund(patches.filter { $0.refundedQuantity != 0 || $0.refundedAmount != 0 }, in: transaction)
    }

    private static func place(_ patches: [LinePatch], in transaction: borrowing Transaction) throws(PostgresError) {
        let lines = patches.compactMap(\.line)
        guard !lines.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(patches.map(\.orderID.text))
        parameters.append(lines.map(\.lineID))
        parameters.append(lines.map(\.sku))
        parameters.append(lines.map(\.quantity))
        parameters.append(lines.map(\.unitPrice))
        parameters.append(lines.map(\.discount))
        parameters.append(lines.map(\.paid))
        parameters.append(lines.map(\.freightShare))
        parameters.append(lines.map(\.gift))
        try transaction.run(
            """
            INSERT INTO order_lines (order_id, line_id, sku, quantity, unit_price, discount, paid, freight_share, gift)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::int8[], $6::int8[], $7::int8[],
                $8::int8[], $9::bool[])
            ON CONFLICT (order_id, line_id) DO UPDATE SET sku = EXCLUDED.sku, quantity = EXCLUDED.quantity,
                unit_price = EXCLUDED.unit_price, discount = EXCLUDED.discount, paid = EXCLUDED.paid,
                freight_share = EXCLUDED.freight_share, gift = EXCLUDED.gift
            """, parameters)
    }

    /// A line whose order has not been told yet is made, and filled in when it is.
    private static func refund(_ patches: [LinePatch], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !patches.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(patches.map(\.orderID.text))
        parameters.append(patches.map(\.lineID))
        parameters.append(patches.map(\.refundedQuantity))
        parameters.append(patches.map(\.refundedAmount))
        try transaction.run(
            """
            INSERT INTO order_lines AS l (order_id, line_id, sku, quantity, unit_price, discount, paid, freight_share,
                gift, refunded_quantity, refunded_amount)
            SELECT n.order_id, n.line_id, '', 0, 0, 0, 0, 0, false, n.quantity, n.amount
            FROM unnest($1::text[], $2::text[], $3::int8[], $4::int8[]) AS n(order_id, line_id, quantity, amount)
            ON CONFLICT (order_id, line_id) DO UPDATE SET
                refunded_quantity = l.refunded_quantity + EXCLUDED.refunded_quantity,
                refunded_amount = l.refunded_amount + EXCLUDED.refunded_amount
            """, parameters)
        try DayMarks.mark(patches.map(\.orderID.text), in: transaction)
    }
}
