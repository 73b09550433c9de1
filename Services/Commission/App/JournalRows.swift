import CommissionDomain
import Contracts
import Postgres

/// The tables `journals` and `entries`: the ledger, written once.
enum JournalRows {
    static func save(_ journals: [Journal], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !journals.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(journals.map(\.journalID))
        parameters.append(journals.map { $0.orderID?.text })
        parameters.append(journals.map(\.kind.rawValue))
        parameters.append(journals.map(\.cause))
        parameters.appendTimestamps(journals.map(\.at.milliseconds))
        parameters.append(journals.map(\.currency))
        parameters.append(journals.map(\.total))
        parameters.append(journals.map(\.memberID))
        try transaction.run(
            """
            INSERT INTO journals (journal_id, order_id, kind, cause, booked_at, currency, total, member_id)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[],
                $7::int8[], $8::text[])
            """, parameters)
        try saveEntries(journals.flatMap { journal in journal.entries.map { (journal.journalID, $0) } }, transaction)
    }

    private static func saveEntries(
        _ entries: [(journalID: String, entry: LedgerEntry)], _ transaction: borrowing Transaction
    ) throws(PostgresError) {
        var parameters = Parameters()
        parameters.append(entries.map(\.journalID))
        parameters.append(entries.map(\.entry.account.name))
        parameters.append(entries.map { $0.entry.account.memberID ?? "" })
        parameters.append(entries.map(\.entry.amount))
        try transaction.run(
            """
            INSERT INTO entries (journal_id, account, member_id, amount)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[])
            """, parameters)
    }
}
