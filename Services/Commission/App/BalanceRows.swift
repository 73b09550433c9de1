import CommissionDomain
import Contracts
import Postgres

/// The table `balances`: what members' entries sum to.
enum BalanceRows {
    /// Adds what journals change, one row per member, account and currency.
    ///
    /// Nothing is loaded: the rows are locked only here, in the order of their keys and last of all, so that two
    /// batches with one distributor above both never wait for each other in a circle.
    static func add(_ journals: [Journal], in transaction: borrowing Transaction) throws(PostgresError) {
        var sums: [Place: Int64] = [:]
        for journal in journals {
            for entry in journal.entries {
                guard let memberID = entry.account.memberID else { continue }
                let place = Place(memberID: memberID, account: entry.account.name, currency: journal.currency)
                sums[place, default: 0] += entry.amount
            }
        }
        let changes = sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        guard !changes.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(changes.map(\.key.memberID))
        parameters.append(changes.map(\.key.account))
        parameters.append(changes.map(\.key.currency))
        parameters.append(changes.map(\.value))
        try transaction.run(
            """
            INSERT INTO balances AS b (member_id, account, currency, amount)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[])
            ON CONFLICT (member_id, account, currency) DO UPDATE SET amount = b.amount + EXCLUDED.amount
            """, parameters)
    }

    /// Read behind the lock of the members' accounts.
    static func load(
        _ memberIDs: [String], in transaction: borrowing Transaction
    ) throws(PostgresError) -> [String: MemberBalance] {
        var parameters = Parameters()
        parameters.append(memberIDs)
        let rows = try transaction.query(
            "SELECT member_id, account, currency, amount FROM balances WHERE member_id = ANY($1::text[])", parameters)
        var balances: [String: MemberBalance] = [:]
        for row in rows {
            balances[row.text(0), default: MemberBalance()].add(row.int64(3), to: row.text(1), row.text(2))
        }
        return balances
    }

    private struct Place: Hashable, Comparable {
        let memberID: String
        let account: String
        let currency: String

        static func < (left: Place, right: Place) -> Bool {
            (left.memberID, left.account, left.currency) < (right.memberID, right.account, right.currency)
        }
    }
}
