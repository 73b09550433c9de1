import Contracts
import InventoryDomain
import Postgres

/// The table `stock_repairs`, and by how much counters differ from what they can be made from.
enum RepairTable {
    /// Reads under the lock of each SKU's stock; a SKU that was never in the warehouse has no row.
    static func differences(
        _ places: [(sku: String, warehouse: String)], in transaction: borrowing Transaction
    ) throws -> [(sku: String, warehouse: String, difference: StockDifference)] {
        guard !places.isEmpty else { return [] }
        var parameters = Parameters()
        parameters.append(places.map(\.sku))
        parameters.append(places.map(\.warehouse))
        return try transaction.query(
            """
            SELECT l.sku, l.warehouse,
                (SELECT coalesce(sum(m.quantity), 0)::bigint FROM movements m
                    WHERE m.sku = l.sku AND m.warehouse = l.warehouse) - l.on_hand,
                (SELECT coalesce(sum(r.quantity - r.shipped - r.released), 0)::bigint FROM reservations r
                    WHERE r.sku = l.sku AND r.warehouse = l.warehouse AND r.shipped + r.released < r.quantity)
                    - l.reserved
            FROM unnest($1::text[], $2::text[]) AS n(sku, warehouse) JOIN stock_levels l USING (sku, warehouse)
            """, parameters
        ).map { row in
            (row.text(0), row.text(1), StockDifference(onHand: row.int64(2), reserved: row.int64(3)))
        }
    }

    static func save(_ repairs: [StockRepair], in transaction: borrowing Transaction) throws {
        guard !repairs.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(repairs.map(\.commandID))
        parameters.append(repairs.map(\.actor))
        parameters.append(repairs.map(\.reason))
        parameters.append(repairs.map(\.sku))
        parameters.append(repairs.map(\.warehouse))
        parameters.append(repairs.map(\.before.onHand))
        parameters.append(repairs.map(\.after.onHand))
        parameters.append(repairs.map(\.before.reserved))
        parameters.append(repairs.map(\.after.reserved))
        parameters.appendTimestamps(repairs.map(\.at.milliseconds))
        try transaction.run(
            """
            INSERT INTO stock_repairs (command_id, actor, reason, sku, warehouse, on_hand_before, on_hand_after,
                reserved_before, reserved_after, repaired_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int8[], $7::int8[],
                $8::int8[], $9::int8[], $10::timestamptz[])
            """, parameters)
    }
}
