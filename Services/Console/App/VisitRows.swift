import ConsoleDomain
import Contracts
import Postgres

/// The table `visits`.
enum VisitRows {
    static func save(_ counts: [VisitCount], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !counts.isEmpty else { return }
        var parameters = Parameters()
        parameters.appendDates(counts.map(\.day.daysSinceEpoch))
        parameters.append(counts.map(\.channel))
        parameters.append(counts.map(\.memberID))
        parameters.append(counts.map(\.sku))
        parameters.append(counts.map(\.visits))
        try transaction.run(
            """
            INSERT INTO visits AS v (day, channel, member_id, sku, visits)
            SELECT * FROM unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::int8[])
            ON CONFLICT (day, channel, member_id, sku) DO UPDATE SET visits = v.visits + EXCLUDED.visits
            """, parameters)
        try DayMarks.mark(Set(counts.map(\.day.daysSinceEpoch)), in: transaction)
    }
}
