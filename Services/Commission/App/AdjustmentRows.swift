import CommissionDomain
import Contracts
import Postgres

/// The table `adjustments`.
enum AdjustmentRows {
    /// - Parameter ids: Of keys: `memberID/adjustmentID`.
    static func load(_ ids: [String], in transaction: borrowing Transaction) throws -> [Adjustment] {
        var parameters = Parameters()
        parameters.append(ids)
        return try transaction.query(
            """
            SELECT member_id, adjustment_id, order_id, amount, currency, actor, reason, requested_at, state, decided_by
            FROM adjustments WHERE member_id || '/' || adjustment_id = ANY($1::text[])
            ORDER BY member_id, adjustment_id FOR UPDATE
            """, parameters
        ).map { row in
            guard let state = Adjustment.State(rawValue: row.text(8)) else {
                throw Fault("state '\(row.text(8))' of adjustment \(row.text(1)) is unknown", field: "state")
            }
            return Adjustment(
                adjustmentID: row.text(1), memberID: row.text(0), orderID: row.textOrNil(2).flatMap { OrderID($0) },
                amount: row.int64(3), currency: row.text(4), actor: row.text(5), reason: row.text(6),
                requestedAt: row.instant(7), state: state, decidedBy: row.textOrNil(9))
        }
    }

    static func save(_ adjustments: [Adjustment], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !adjustments.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(adjustments.map(\.memberID))
        parameters.append(adjustments.map(\.adjustmentID))
        parameters.append(adjustments.map { $0.orderID?.text })
        parameters.append(adjustments.map(\.amount))
        parameters.append(adjustments.map(\.currency))
        parameters.append(adjustments.map(\.actor))
        parameters.append(adjustments.map(\.reason))
        parameters.appendTimestamps(adjustments.map(\.requestedAt.milliseconds))
        parameters.append(adjustments.map(\.state.rawValue))
        parameters.append(adjustments.map(\.decidedBy))
        try transaction.run(
            """
            INSERT INTO adjustments (member_id, adjustment_id, order_id, amount, currency, actor, reason, requested_at,
                state, decided_by)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::text[], $6::text[], $7::text[],
                $8::timestamptz[], $9::text[], $10::text[])
            ON CONFLICT (member_id, adjustment_id) DO UPDATE SET state = EXCLUDED.state,
                decided_by = EXCLUDED.decided_by
            """, parameters)
    }
}
