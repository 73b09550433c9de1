import ConsoleDomain
import Contracts
import Postgres

/// The tables `stock`, `stock_levels`, `movements`, `alerts` and `suggestions`.
enum StockRows {
    static func save(_ changes: [AvailabilityChanged], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !changes.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(changes.map(\.sku))
        parameters.append(changes.map(\.available))
        parameters.append(changes.map(\.incoming))
        parameters.append(changes.map { "[\($0.quotas.map(\.column).joined(separator: ","))]" })
        parameters.appendTimestamps(changes.map(\.at.milliseconds))
        try transaction.run(
            """
            INSERT INTO stock (sku, available, incoming, quotas, at)
            SELECT n.sku, n.available, n.incoming, n.quotas::json, n.at
            FROM unnest($1::text[], $2::int8[], $3::int8[], $4::text[], $5::timestamptz[])
                AS n(sku, available, incoming, quotas, at)
            ON CONFLICT (sku) DO UPDATE SET available = EXCLUDED.available, incoming = EXCLUDED.incoming,
                quotas = EXCLUDED.quotas, at = EXCLUDED.at
            """, parameters)
        try saveLevels(changes, in: transaction)
    }

    /// A fact names every warehouse that has the SKU.
    private static func saveLevels(
        _ changes: [AvailabilityChanged], in transaction: borrowing Transaction
    ) throws(PostgresError) {
        let levels = changes.flatMap { change in
            change.byWarehouse.sorted { $0.warehouse < $1.warehouse }.map { (change.sku, $0) }
        }
        var parameters = Parameters()
        parameters.append(levels.map(\.0))
        parameters.append(levels.map(\.1.warehouse))
        parameters.append(levels.map(\.1.onHand))
        parameters.append(levels.map(\.1.reserved))
        parameters.append(levels.map(\.1.available))
        try transaction.run(
            """
            INSERT INTO stock_levels (sku, warehouse, on_hand, reserved, available)
            SELECT * FROM unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::int8[])
            ON CONFLICT (sku, warehouse) DO UPDATE SET on_hand = EXCLUDED.on_hand, reserved = EXCLUDED.reserved,
                available = EXCLUDED.available
            """, parameters)
    }

    static func save(_ movements: [MovementRow], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !movements.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(movements.map(\.moved.movementID))
        parameters.append(movements.map(\.moved.sku))
        parameters.append(movements.map(\.moved.warehouse))
        parameters.append(movements.map(\.moved.kind.rawValue))
        parameters.append(movements.map(\.moved.quantity))
        parameters.append(movements.map(\.moved.balance))
        parameters.append(movements.map(\.moved.reference))
        parameters.appendTimestamps(movements.map(\.at.milliseconds))
        try transaction.run(
            """
            INSERT INTO movements (movement_id, sku, warehouse, kind, quantity, balance, reference, at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::int8[], $7::text[],
                $8::timestamptz[])
            ON CONFLICT DO NOTHING
            """, parameters)
        try DayMarks.mark(Set(movements.map(\.day.daysSinceEpoch)), in: transaction)
    }

    static func save(_ patches: [AlertPatch], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !patches.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(patches.map(\.sku))
        parameters.append(patches.map(\.available))
        parameters.append(patches.map(\.threshold))
        parameters.append(patches.map(\.reason))
        parameters.appendTimestamps(patches.map { $0.since?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.recoveredAt?.milliseconds })
        try transaction.run(
            """
            INSERT INTO alerts AS a (sku, available, threshold, reason, since, recovered_at)
            SELECT * FROM unnest($1::text[], $2::int8[], $3::int8[], $4::text[], $5::timestamptz[], $6::timestamptz[])
            ON CONFLICT (sku) DO UPDATE SET available = EXCLUDED.available, threshold = EXCLUDED.threshold,
                reason = COALESCE(EXCLUDED.reason, a.reason), since = COALESCE(EXCLUDED.since, a.since),
                recovered_at = EXCLUDED.recovered_at
            """, parameters)
    }

    static func save(
        _ suggestions: [ReplenishmentSuggested], in transaction: borrowing Transaction
    ) throws(PostgresError) {
        guard !suggestions.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(suggestions.map(\.sku))
        parameters.append(suggestions.map(\.suggestionID))
        parameters.append(suggestions.map(\.quantity))
        parameters.append(suggestions.map(\.available))
        parameters.append(suggestions.map(\.incoming))
        parameters.append(suggestions.map(\.expectedDemand))
        parameters.append(suggestions.map(\.coverDays))
        parameters.appendDates(suggestions.map(\.orderBy.daysSinceEpoch))
        parameters.append(suggestions.map(\.method))
        parameters.append(suggestions.map(\.why))
        parameters.appendTimestamps(suggestions.map(\.suggestedAt.milliseconds))
        try transaction.run(
            """
            INSERT INTO suggestions (sku, suggestion_id, quantity, available, incoming, expected_demand, cover_days,
                order_by, method, why, suggested_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::int8[], $6::int8[], $7::int8[],
                $8::date[], $9::text[], $10::text[], $11::timestamptz[])
            ON CONFLICT (sku) DO UPDATE SET suggestion_id = EXCLUDED.suggestion_id, quantity = EXCLUDED.quantity,
                available = EXCLUDED.available, incoming = EXCLUDED.incoming,
                expected_demand = EXCLUDED.expected_demand, cover_days = EXCLUDED.cover_days,
                order_by = EXCLUDED.order_by, method = EXCLUDED.method, why = EXCLUDED.why,
                suggested_at = EXCLUDED.suggested_at
            """, parameters)
    }
}
