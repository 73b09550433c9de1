import CommissionDomain
import Contracts
import Postgres

/// The table `turnovers`: written once.
enum TurnoverRows {
    static func save(_ turnovers: [Turnover], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !turnovers.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(turnovers.map(\.orderID.text))
        parameters.append(turnovers.map(\.number))
        parameters.append(turnovers.map(\.seller))
        parameters.append(turnovers.map(\.parent))
        parameters.append(turnovers.map(\.currency))
        parameters.append(turnovers.map(\.amount))
        parameters.appendTimestamps(turnovers.map(\.at.milliseconds))
        try transaction.run(
            """
            INSERT INTO turnovers (order_id, number, seller, parent, currency, amount, booked_at)
            SELECT * FROM unnest($1::text[], $2::int8[], $3::text[], $4::text[], $5::text[], $6::int8[],
                $7::timestamptz[])
            """, parameters)
    }
}
