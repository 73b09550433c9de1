import ConsoleDomain
import Contracts
import Postgres

/// The table `earnings`.
enum EarningRows {
    static func save(_ patches: [EarningPatch], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !patches.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(patches.map(\.orderID.text))
        parameters.append(patches.map(\.memberID))
        parameters.append(patches.map(\.currency))
        parameters.append(patches.map(\.level))
        parameters.append(patches.map(\.accrued))
        parameters.append(patches.map(\.matured))
        parameters.append(patches.map(\.reversed))
        parameters.append(patches.map(\.reversedMatured))
        parameters.append(patches.map(\.entryID))
        parameters.appendTimestamps(patches.map { $0.accruedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.maturedAt?.milliseconds })
        try transaction.run(statement, parameters)
        try hold(patches.filter { !$0.holds.isEmpty }, in: transaction)
        try DayMarks.mark(patches.map(\.orderID.text), in: transaction)
    }

    /// What is taken back comes out of what is frozen until something has matured.
    private static let statement: StaticString = """
        INSERT INTO earnings AS e (order_id, member_id, currency, level, accrued, matured, reversed_frozen,
            reversed_matured, entry_id, accrued_at, matured_at)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::int8[], $6::int8[], $7::int8[],
            $8::int8[], $9::text[], $10::timestamptz[], $11::timestamptz[])
        ON CONFLICT (order_id, member_id) DO UPDATE SET currency = COALESCE(EXCLUDED.currency, e.currency),
            level = LEAST(EXCLUDED.level, e.level), accrued = e.accrued + EXCLUDED.accrued,
            matured = e.matured + EXCLUDED.matured,
            reversed_frozen = e.reversed_frozen + CASE WHEN e.matured > 0 THEN 0 ELSE EXCLUDED.reversed_frozen END,
            reversed_matured = e.reversed_matured + EXCLUDED.reversed_matured
                + CASE WHEN e.matured > 0 THEN EXCLUDED.reversed_frozen ELSE 0 END,
            entry_id = COALESCE(EXCLUDED.entry_id, e.entry_id),
            accrued_at = COALESCE(e.accrued_at, EXCLUDED.accrued_at),
            matured_at = COALESCE(EXCLUDED.matured_at, e.matured_at)
        """

    private static func hold(_ patches: [EarningPatch], in transaction: borrowing Transaction) throws(PostgresError) {
        let changes = patches.flatMap { patch in
            patch.holds.sorted { $0.key < $1.key }.map { (patch.orderID.text, patch.memberID, $0.key, $0.value) }
        }
        guard !changes.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(changes.map(\.0))
        parameters.append(changes.map(\.1))
        parameters.append(changes.map(\.2))
        parameters.append(changes.map(\.3))
        try transaction.run(
            """
            UPDATE earnings AS e SET holds = json_strip_nulls((e.holds::jsonb || n.changes)::json)
            FROM (SELECT order_id, member_id, jsonb_object_agg(name, reason) AS changes
                  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS c(order_id, member_id, name, reason)
                  GROUP BY 1, 2) AS n
            WHERE e.order_id = n.order_id AND e.member_id = n.member_id
            """, parameters)
    }
}
