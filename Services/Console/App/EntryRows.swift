import ConsoleDomain
import Contracts
import Postgres

/// The table `entries`: written once.
enum EntryRows {
    static func save(_ entries: [StatementEntry], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !entries.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(entries.map(\.key))
        parameters.append(entries.map(\.version))
        parameters.append(entries.map(\.memberID))
        parameters.append(entries.map(\.kind.rawValue))
        parameters.append(entries.map { $0.orderID?.text })
        parameters.append(entries.map(\.amount))
        parameters.append(entries.map(\.currency))
        parameters.append(entries.map(\.reason))
        parameters.append(entries.map(\.reference))
        parameters.appendTimestamps(entries.map(\.at.milliseconds))
        try transaction.run(
            """
            INSERT INTO entries (key, version, member_id, kind, order_id, amount, currency, reason, reference, at)
            SELECT * FROM unnest($1::text[], $2::int8[], $3::text[], $4::text[], $5::text[], $6::int8[], $7::text[],
                $8::text[], $9::text[], $10::timestamptz[])
            ON CONFLICT DO NOTHING
            """, parameters)
    }
}
