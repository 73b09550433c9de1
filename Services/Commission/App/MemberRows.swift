import CommissionDomain
import Contracts
import Postgres

/// The table `members`: distributors and what they have been.
enum MemberRows {
    static func load(
        _ memberIDs: [String], in transaction: borrowing Transaction
    ) throws -> [String: Dated<DistributionMember>] {
        var parameters = Parameters()
        parameters.append(memberIDs)
        let rows = try transaction.query(
            "SELECT member_id, effective_from, record FROM members WHERE member_id = ANY($1::text[])", parameters)
        var members: [String: Dated<DistributionMember>] = [:]
        for row in rows {
            members[row.text(0), default: Dated()].set(
                try DistributionMember(column: row.text(2)), from: row.instant(1))
        }
        return members
    }

    /// Members any of whose records names the account, by account.
    static func naming(
        _ accounts: [String], in transaction: borrowing Transaction
    ) throws(PostgresError) -> [String: [String]] {
        var parameters = Parameters()
        parameters.append(accounts)
        let rows = try transaction.query(
            """
            SELECT DISTINCT n.account, m.member_id
            FROM unnest($1::text[]) AS n(account) JOIN members AS m ON (m.record -> 'buyers')::jsonb ? n.account
            """, parameters)
        return Dictionary(grouping: rows, by: { $0.text(0) }).mapValues { $0.map { $0.text(1) }.sorted() }
    }

    static func save(
        _ members: [(memberID: String, history: Dated<DistributionMember>)], in transaction: borrowing Transaction
    ) throws(PostgresError) {
        guard !members.isEmpty else { return }
        let rows = members.flatMap { member in member.history.entries.map { (member.memberID, $0) } }
        var parameters = Parameters()
        parameters.append(rows.map(\.0))
        parameters.appendTimestamps(rows.map(\.1.from.milliseconds))
        parameters.append(rows.map(\.1.value.column))
        try transaction.run(
            """
            INSERT INTO members (member_id, effective_from, record)
            SELECT n.member_id, n.effective_from, n.record::json
            FROM unnest($1::text[], $2::timestamptz[], $3::text[]) AS n(member_id, effective_from, record)
            ON CONFLICT (member_id, effective_from) DO UPDATE SET record = EXCLUDED.record
            """, parameters)
    }
}
