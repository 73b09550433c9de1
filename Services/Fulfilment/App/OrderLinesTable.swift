import Contracts
import FulfilmentDomain
import Postgres

/// The lines of orders; only what was withdrawn changes.
enum OrderLinesTable {
    static let selection: StaticString = """
        SELECT order_id, line_id, sku, quantity, withdrawn FROM order_lines
        WHERE order_id = ANY($1::text[]) ORDER BY order_id, position
        """

    /// - Returns: By order, in the order's own order.
    static func read(_ rows: Rows) -> [String: [OrderLine]] {
        var lines: [String: [OrderLine]] = [:]
        for row in rows {
            lines[row.text(0), default: []].append(
                OrderLine(
                    lineID: row.text(1), sku: row.text(2), quantity: row.int64(3), withdrawn: row.int64(4)))
        }
        return lines
    }

    static func save(_ orders: [ChangedOrder], in transaction: borrowing Transaction) throws {
        try insert(orders.filter { $0.stored == nil }.map(\.order), in: transaction)
        var changed: [(orderID: String, line: OrderLine)] = []
        for order in orders {
            guard let stored = order.stored else { continue }
            for (old, new) in zip(stored.lines, order.order.lines) where old != new {
                changed.append((order.order.orderID.text, new))
            }
        }
        guard !changed.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(changed.map(\.orderID))
        parameters.append(changed.map(\.line.lineID))
        parameters.append(changed.map(\.line.withdrawn))
        try transaction.run(
            """
            UPDATE order_lines l SET withdrawn = n.withdrawn
            FROM unnest($1::text[], $2::text[], $3::int8[]) AS n(order_id, line_id, withdrawn)
            WHERE l.order_id = n.order_id AND l.line_id = n.line_id
            """, parameters)
    }

    private static func insert(_ orders: [Order], in transaction: borrowing Transaction) throws {
        var new: [(orderID: String, position: Int32, line: OrderLine)] = []
        for order in orders {
            for (position, line) in order.lines.enumerated() {
                new.append((order.orderID.text, Int32(position), line))
            }
        }
        guard !new.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(new.map(\.orderID))
        parameters.append(new.map(\.line.lineID))
        parameters.append(new.map(\.position))
        parameters.append(new.map(\.line.sku))
        parameters.append(new.map(\.line.quantity))
        parameters.append(new.map(\.line.withdrawn))
        try transaction.run(
            """
            INSERT INTO order_lines (order_id, line_id, position, sku, quantity, withdrawn)
            SELECT * FROM unnest($1::text[], $2::text[], $3::int4[], $4::text[], $5::int8[], $6::int8[])
            """, parameters)
    }
}
