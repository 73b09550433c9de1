import ConsoleDomain
import Contracts
import Postgres

/// The table `refunds`.
enum RefundRows {
    static func save(_ patches: [RefundPatch], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !patches.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(patches.map(\.refundID))
        parameters.append(patches.map(\.orderID.text))
        parameters.append(patches.map(\.caseID))
        parameters.append(patches.map(\.paymentID))
        parameters.append(patches.map(\.amount))
        parameters.append(patches.map(\.currency))
        parameters.append(patches.map(\.reason))
        parameters.append(patches.map(\.state.rawValue))
        parameters.append(patches.map(\.failure))
        parameters.appendTimestamps(patches.map { $0.dueAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.endedAt?.milliseconds })
        try transaction.run(
            """
            INSERT INTO refunds AS r (refund_id, order_id, case_id, payment_id, amount, currency, reason, state, failure,
                due_at, ended_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::text[], $7::text[],
                $8::text[], $9::text[], $10::timestamptz[], $11::timestamptz[])
            ON CONFLICT (refund_id) DO UPDATE SET case_id = COALESCE(EXCLUDED.case_id, r.case_id),
                payment_id = COALESCE(EXCLUDED.payment_id, r.payment_id), amount = EXCLUDED.amount,
                reason = COALESCE(EXCLUDED.reason, r.reason), state = EXCLUDED.state,
                failure = COALESCE(EXCLUDED.failure, r.failure), due_at = COALESCE(EXCLUDED.due_at, r.due_at),
                ended_at = COALESCE(EXCLUDED.ended_at, r.ended_at)
            """, parameters)
    }
}
