import CommissionDomain
import Contracts
import Postgres

/// The tables `closings` and `settlements`: their rows are worked out by the closer, and settled by the lanes.
enum SettlementRows {
    /// - Parameter names: Of keys, as `SettlementName` writes them.
    static func load(_ names: [String], in transaction: borrowing Transaction) throws -> [Settlement] {
        let names = names.compactMap { SettlementName($0) }
        var parameters = Parameters()
        parameters.append(names.map(\.period.text))
        parameters.append(names.map(\.currency))
        parameters.append(names.map(\.memberID))
        return try transaction.query(
            """
            SELECT s.period, s.currency, s.member_id, s.turnover, s.opening, s.matured, s.reversed, s.adjusted,
                s.paid_out, s.team_bonus, s.settled_at
            FROM unnest($1::text[], $2::text[], $3::text[]) AS n(period, currency, member_id)
            JOIN settlements AS s USING (period, currency, member_id)
            ORDER BY s.period, s.currency, s.member_id FOR UPDATE OF s
            """, parameters
        ).map { row in
            guard let period = Period(row.text(0)) else {
                throw Fault("period '\(row.text(0))' of a statement is no month", field: "period")
            }
            return Settlement(
                name: SettlementName(period: period, currency: row.text(1), memberID: row.text(2)),
                turnover: row.int64(3), opening: row.int64(4), matured: row.int64(5), reversed: row.int64(6),
                adjusted: row.int64(7), paidOut: row.int64(8), teamBonus: row.int64(9),
                settledAt: row.instantOrNil(10))
        }
    }

    static func save(_ settlements: [Settlement], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !settlements.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(settlements.map(\.name.period.text))
        parameters.append(settlements.map(\.name.currency))
        parameters.append(settlements.map(\.name.memberID))
        parameters.append(settlements.map(\.teamBonus))
        parameters.appendTimestamps(settlements.map { $0.settledAt?.milliseconds })
        try transaction.run(
            """
            UPDATE settlements AS s SET team_bonus = n.team_bonus, settled_at = n.settled_at
            FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::timestamptz[])
                AS n(period, currency, member_id, team_bonus, settled_at)
            WHERE s.period = n.period AND s.currency = n.currency AND s.member_id = n.member_id
            """, parameters)
    }

    static func save(_ closings: [Closing], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !closings.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(closings.map(\.closingID))
        parameters.append(closings.map(\.period.text))
        parameters.append(closings.map(\.memberID))
        parameters.appendTimestamps(closings.map(\.requestedAt.milliseconds))
        try transaction.run(
            """
            INSERT INTO closings (closing_id, period, member_id, requested_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) ON CONFLICT DO NOTHING
            """, parameters)
    }
}
