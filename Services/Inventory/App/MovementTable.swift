import Contracts
import InventoryDomain
import Postgres

/// The table `movements`: rows are added and never changed.
enum MovementTable {
    /// Reads without a lock of its own: the lock of the SKU's stock is held.
    static func load(_ names: [MovementName], in transaction: borrowing Transaction) throws -> [Movement] {
        var parameters = Parameters()
        parameters.append(names.map(\.sku))
        parameters.append(names.map(\.warehouse))
        parameters.append(names.map(\.movementID))
        return try transaction.query(
            """
            SELECT m.sku, m.warehouse, m.movement_id, m.kind, m.stated, m.quantity, m.balance, m.reference,
                m.occurred_at
            FROM unnest($1::text[], $2::text[], $3::text[]) AS n(sku, warehouse, movement_id)
            JOIN movements m USING (sku, warehouse, movement_id)
            """, parameters
        ).map { row in
            Movement(
                name: MovementName(sku: row.text(0), warehouse: row.text(1), movementID: row.text(2)),
                kind: row.text(3), stated: row.int64(4), quantity: row.int64(5), balance: row.int64(6),
                reference: row.textOrNil(7), occurredAt: Instant(milliseconds: row.milliseconds(8)))
        }
    }

    static func save(_ movements: [Movement], in transaction: borrowing Transaction) throws {
        guard !movements.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(movements.map(\.name.sku))
        parameters.append(movements.map(\.name.warehouse))
        parameters.append(movements.map(\.name.movementID))
        parameters.append(movements.map(\.kind))
        parameters.append(movements.map(\.stated))
        parameters.append(movements.map(\.quantity))
        parameters.append(movements.map(\.balance))
        parameters.append(movements.map(\.reference))
        parameters.appendTimestamps(movements.map(\.occurredAt.milliseconds))
        try transaction.run(
            """
            INSERT INTO movements (sku, warehouse, movement_id, kind, stated, quantity, balance, reference,
                occurred_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::int8[], $7::int8[],
                $8::text[], $9::timestamptz[])
            """, parameters)
    }
}
