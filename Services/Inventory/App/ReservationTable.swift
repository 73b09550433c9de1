import Contracts
import InventoryDomain
import Postgres

/// The tables `orders`, `reservations` and `order_references`: what each order asked for and got.
enum ReservationTable {
    /// Locks the orders in ascending order of their ids, then reads what belongs to them.
    static func load(_ orderIDs: [String], in transaction: borrowing Transaction) throws -> [Reservation] {
        var parameters = Parameters()
        parameters.append(orderIDs)
        let rows = try transaction.queries([
            (
                """
                SELECT order_id, reservation, standing, request, placed_at, asked_at FROM orders
                WHERE order_id = ANY($1::text[]) ORDER BY order_id FOR UPDATE
                """, parameters
            ),
            (
                """
                SELECT order_id, reservation, line_id, sku, warehouse, quantity, shipped, released FROM reservations
                WHERE order_id = ANY($1::text[]) ORDER BY order_id, reservation, line_id, sku, warehouse
                """, parameters
            ),
            ("SELECT order_id, reference FROM order_references WHERE order_id = ANY($1::text[])", parameters),
        ])
        let holdings = Dictionary(grouping: rows[1], by: { $0.text(0) }).mapValues { $0.map(Holding.init) }
        let references = Dictionary(grouping: rows[2], by: { $0.text(0) }).mapValues { Set($0.map { $0.text(1) }) }
        return try rows[0].map { row in
            guard let orderID = OrderID(row.text(0)), let standing = Reservation.Standing(rawValue: row.text(2)) else {
                preconditionFailure("the row of order \(row.text(0)) cannot be read")
            }
            return Reservation(
                orderID: orderID, placedAt: row.millisecondsOrNil(4).map(Instant.init(milliseconds:)),
                request: try StockRequest(JSONDocument.object(row.bytes(3))),
                number: row.int64(1), standing: standing,
                askedAt: row.millisecondsOrNil(5).map(Instant.init(milliseconds:)),
                holdings: holdings[orderID.text] ?? [], references: references[orderID.text] ?? [], isStored: true)
        }
    }

    static func save(_ reservations: [Reservation], in transaction: borrowing Transaction) throws {
        guard !reservations.isEmpty else { return }
        try write(
            """
            INSERT INTO orders (order_id, reservation, standing, request, placed_at, asked_at)
            SELECT * FROM unnest($1::text[], $2::int8[], $3::text[], $4::bytea[], $5::timestamptz[], $6::timestamptz[])
            """, reservations.filter { !$0.isStored }, in: transaction)
        try write(
            """
            UPDATE orders o
            SET reservation = n.reservation, standing = n.standing, request = n.request, asked_at = n.asked_at
            FROM unnest($1::text[], $2::int8[], $3::text[], $4::bytea[], $5::timestamptz[], $6::timestamptz[])
                AS n(order_id, reservation, standing, request, placed_at, asked_at)
            WHERE o.order_id = n.order_id AND (o.reservation, o.standing, o.request, o.asked_at)
                IS DISTINCT FROM (n.reservation, n.standing, n.request, n.asked_at)
            """, reservations.filter(\.isStored), in: transaction)
        try writeHoldings(reservations, in: transaction)
        try writeReferences(reservations, in: transaction)
    }

    private static func write(
        _ sql: StaticString, _ reservations: [Reservation], in transaction: borrowing Transaction
    ) throws {
        guard !reservations.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(reservations.map(\.orderID.text))
        parameters.append(reservations.map(\.number))
        parameters.append(reservations.map(\.standing.rawValue))
        parameters.append(reservations.map(\.request.jsonBytes))
        parameters.appendTimestamps(reservations.map { $0.placedAt?.milliseconds })
        parameters.appendTimestamps(reservations.map { $0.askedAt?.milliseconds })
        try transaction.run(sql, parameters)
    }

    private static func writeHoldings(_ reservations: [Reservation], in transaction: borrowing Transaction) throws {
        let rows = reservations.flatMap { reservation in reservation.holdings.map { (reservation.orderID.text, $0) } }
        guard !rows.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(rows.map(\.0))
        parameters.append(rows.map(\.1.number))
        parameters.append(rows.map(\.1.lineID))
        parameters.append(rows.map(\.1.sku))
        parameters.append(rows.map(\.1.warehouse))
        parameters.append(rows.map(\.1.quantity))
        parameters.append(rows.map(\.1.shipped))
        parameters.append(rows.map(\.1.released))
        try transaction.run(
            """
            INSERT INTO reservations AS r
                (order_id, reservation, line_id, sku, warehouse, quantity, shipped, released)
            SELECT * FROM unnest($1::text[], $2::int8[], $3::text[], $4::text[], $5::text[], $6::int8[], $7::int8[],
                $8::int8[])
            ON CONFLICT (order_id, reservation, line_id, sku, warehouse) DO UPDATE
            SET quantity = EXCLUDED.quantity, shipped = EXCLUDED.shipped, released = EXCLUDED.released
            WHERE (r.quantity, r.shipped, r.released)
                IS DISTINCT FROM (EXCLUDED.quantity, EXCLUDED.shipped, EXCLUDED.released)
            """, parameters)
    }

    private static func writeReferences(_ reservations: [Reservation], in transaction: borrowing Transaction) throws {
        let rows = reservations.flatMap { reservation in
            reservation.references.sorted().map { (reservation.orderID.text, $0) }
        }
        guard !rows.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(rows.map(\.0))
        parameters.append(rows.map(\.1))
        try transaction.run(
            """
            INSERT INTO order_references (order_id, reference) SELECT * FROM unnest($1::text[], $2::text[])
            ON CONFLICT DO NOTHING
            """, parameters)
    }
}

extension Holding {
    fileprivate init(_ row: Row) {
        self.init(
            number: row.int64(1), lineID: row.text(2), sku: row.text(3), warehouse: row.text(4),
            quantity: row.int64(5), shipped: row.int64(6), released: row.int64(7))
    }
}
