import CommissionDomain
import Contracts
import Postgres

/// The table `payouts`.
enum PayoutRows {
    static func load(_ ids: [String], in transaction: borrowing Transaction) throws -> [Payout] {
        var parameters = Parameters()
        parameters.append(ids)
        return try transaction.query(
            """
            SELECT payout_id, member_id, amount, fee, tax, currency, payee, requested_by, requested_at, state,
                decided_by, answered_at, answers, reason
            FROM payouts WHERE payout_id = ANY($1::text[]) ORDER BY payout_id FOR UPDATE
            """, parameters
        ).map { row in
            guard let state = Payout.State(rawValue: row.text(9)) else {
                throw Fault("state '\(row.text(9))' of payout \(row.text(0)) is unknown", field: "state")
            }
            return Payout(
                payoutID: row.text(0), memberID: row.text(1), amount: row.int64(2), fee: row.int64(3),
                tax: row.int64(4), currency: row.text(5), payee: row.text(6), requestedBy: row.text(7),
                requestedAt: row.instant(8), state: state, decidedBy: row.textOrNil(10),
                answeredAt: row.instantOrNil(11), answers: row.int64(12), reason: row.textOrNil(13))
        }
    }

    static func save(_ payouts: [Payout], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !payouts.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(payouts.map(\.payoutID))
        parameters.append(payouts.map(\.memberID))
        parameters.append(payouts.map(\.amount))
        parameters.append(payouts.map(\.fee))
        parameters.append(payouts.map(\.tax))
        parameters.append(payouts.map(\.currency))
        parameters.append(payouts.map(\.payee))
        parameters.append(payouts.map(\.requestedBy))
        parameters.appendTimestamps(payouts.map(\.requestedAt.milliseconds))
        parameters.append(payouts.map(\.state.rawValue))
        parameters.append(payouts.map(\.decidedBy))
        parameters.appendTimestamps(payouts.map { $0.answeredAt?.milliseconds })
        parameters.append(payouts.map(\.answers))
        parameters.append(payouts.map(\.reason))
        try transaction.run(
            """
            INSERT INTO payouts (payout_id, member_id, amount, fee, tax, currency, payee, requested_by, requested_at,
                state, decided_by, answered_at, answers, reason)
            SELECT * FROM unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::int8[], $6::text[], $7::text[],
                $8::text[], $9::timestamptz[], $10::text[], $11::text[], $12::timestamptz[], $13::int8[], $14::text[])
            ON CONFLICT (payout_id) DO UPDATE SET state = EXCLUDED.state, decided_by = EXCLUDED.decided_by,
                answered_at = EXCLUDED.answered_at, answers = EXCLUDED.answers, reason = EXCLUDED.reason
            """, parameters)
    }
}
