import ConsoleDomain
import Contracts
import Postgres

/// The tables `payouts` and `settlements`.
enum PayoutRows {
    static func save(_ patches: [PayoutPatch], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !patches.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(patches.map(\.payoutID))
        parameters.append(patches.map(\.memberID))
        parameters.append(patches.map(\.amount))
        parameters.append(patches.map(\.fee))
        parameters.append(patches.map(\.tax))
        parameters.append(patches.map(\.currency))
        parameters.append(patches.map(\.state.rawValue))
        parameters.append(patches.map(\.reason))
        parameters.appendTimestamps(patches.map { $0.requestedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.dueAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.endedAt?.milliseconds })
        try transaction.run(
            """
            INSERT INTO payouts AS p (payout_id, member_id, amount, fee, tax, currency, state, reason, requested_at,
                due_at, ended_at)
            SELECT n.payout_id, n.member_id, n.amount, COALESCE(n.fee, 0), COALESCE(n.tax, 0), n.currency, n.state,
                n.reason, n.requested_at, n.due_at, n.ended_at
            FROM unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::int8[], $6::text[], $7::text[], $8::text[],
                $9::timestamptz[], $10::timestamptz[], $11::timestamptz[])
                AS n(payout_id, member_id, amount, fee, tax, currency, state, reason, requested_at, due_at, ended_at)
            ON CONFLICT (payout_id) DO UPDATE SET fee = GREATEST(EXCLUDED.fee, p.fee),
                tax = GREATEST(EXCLUDED.tax, p.tax),
                -- Two topics tell of a payout: its approval may be read after its end.
                state = CASE WHEN EXCLUDED.state IN ('requested', 'due') AND p.state IN ('paid', 'failed')
                    THEN p.state WHEN EXCLUDED.state = 'requested' THEN p.state ELSE EXCLUDED.state END,
                reason = COALESCE(EXCLUDED.reason, p.reason),
                requested_at = COALESCE(EXCLUDED.requested_at, p.requested_at),
                due_at = COALESCE(EXCLUDED.due_at, p.due_at), ended_at = COALESCE(EXCLUDED.ended_at, p.ended_at)
            """, parameters)
    }

    static func save(_ settlements: [CommissionSettled], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !settlements.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(settlements.map(\.memberID))
        parameters.append(settlements.map(\.period))
        parameters.append(settlements.map(\.currency))
        parameters.append(settlements.map(\.turnover))
        parameters.append(settlements.map(\.matured))
        parameters.append(settlements.map(\.reversed))
        parameters.append(settlements.map(\.teamBonus))
        parameters.append(settlements.map(\.adjusted))
        parameters.append(settlements.map(\.payable))
        parameters.appendTimestamps(settlements.map(\.settledAt.milliseconds))
        try transaction.run(
            """
            INSERT INTO settlements (member_id, period, currency, turnover, matured, reversed, team_bonus, adjusted,
                payable, settled_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::int8[], $6::int8[], $7::int8[],
                $8::int8[], $9::int8[], $10::timestamptz[])
            ON CONFLICT DO NOTHING
            """, parameters)
    }
}
