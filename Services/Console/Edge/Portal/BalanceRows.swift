import ConsoleDomain
import Contracts
import Postgres

/// What a member has.
enum BalanceRows {
    static func balances(
        of member: String, _ scope: ScopeSQL, in connection: Connection
    ) throws(PostgresError) -> [String: MemberBalance] {
        let rows = try connection.rows(
            """
            SELECT currency, sum(frozen)::int8, sum(matured)::int8, sum(reversed)::int8, sum(taken)::int8,
                sum(moved)::int8, sum(on_way)::int8
            FROM (
                SELECT e.currency, sum(e.accrued - e.matured - e.reversed_frozen) AS frozen, sum(e.matured) AS matured,
                    sum(e.reversed_frozen + e.reversed_matured) AS reversed, sum(e.reversed_matured) AS taken,
                    0 AS moved, 0 AS on_way
                FROM earnings e WHERE \(scope.earnings("e")) AND e.member_id = \(member) AND e.currency IS NOT NULL
                GROUP BY 1
                UNION ALL
                SELECT e.currency, 0, 0, 0, 0, sum(e.amount), 0 FROM entries e
                WHERE \(scope.payouts("e")) AND e.member_id = \(member)
                    AND e.kind IN ('adjusted', 'settled', 'payout-requested', 'payout-failed') GROUP BY 1
                UNION ALL
                SELECT p.currency, 0, 0, 0, 0, 0, sum(p.amount) FROM payouts p
                WHERE \(scope.payouts("p")) AND p.member_id = \(member) AND p.state IN ('requested', 'due') GROUP BY 1
            ) AS parts GROUP BY 1
            """)
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (
                    row.text(0),
                    MemberBalance(
                        frozen: row.int64(1), withdrawable: row.int64(2) - row.int64(4) + row.int64(5),
                        inPayout: row.int64(6), matured: row.int64(2), reversed: row.int64(3))
                )
            })
    }

    /// What a payout in a currency has to be at least and costs, by the plan in force.
    static func terms(
        _ currency: String, at now: Instant, in connection: Connection
    ) throws(PostgresError) -> PayoutTerms? {
        try connection.rows(
            """
            SELECT coalesce((body ->> 'minimumPayout')::int8, 0), coalesce((body ->> 'payoutFeeBasisPoints')::int8, 0)
            FROM records WHERE topic = \(Topic.distributionPlans.name) AND body IS NOT NULL
                AND coalesce(body ->> 'currency', 'CNY') = \(currency) AND effective_from <= \(now)
            ORDER BY effective_from DESC, partition_offset DESC LIMIT 1
            """
        ).first.map { PayoutTerms(minimum: max(1, $0.int64(0)), feeBasisPoints: $0.int64(1)) }
    }
}

struct PayoutTerms: Sendable {
    /// Minor units.
    let minimum: Int64
    let feeBasisPoints: Int64
}
