import Contracts
import FulfilmentDomain
import Postgres

/// What carriers take and promise, each with its history; read without a lock, a few rows.
enum CarriersTable {
    static func load(in transaction: borrowing Transaction) throws -> Carriers {
        Carriers(
            try transaction.query("SELECT history FROM carriers ORDER BY carrier", Parameters()).map {
                try CarrierHistory(JSONDocument.object($0.bytes(0)))
            })
    }

    /// Only the reference lane writes them; a record that comes again after a rebalance writes the same.
    static func save(_ carriers: Carriers, in transaction: borrowing Transaction) throws {
        guard !carriers.histories.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(carriers.histories.map(\.carrier))
        parameters.append(carriers.histories.map(\.jsonBytes))
        try transaction.run(
            """
            INSERT INTO carriers (carrier, history) SELECT * FROM unnest($1::text[], $2::bytea[])
            ON CONFLICT (carrier) DO UPDATE SET history = EXCLUDED.history
            """, parameters)
    }
}
