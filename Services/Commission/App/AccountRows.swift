import CommissionDomain
import Contracts
import Postgres

/// The table `accounts`; a row is made by a member's first command or statement.
enum AccountRows {
    /// Locks by name and not by row: two lanes that make a member's first row must queue too.
    static func load(_ memberIDs: [String], in transaction: borrowing Transaction) throws -> [MemberAccount] {
        var parameters = Parameters()
        parameters.append(memberIDs.sorted())
        try transaction.query(
            """
            SELECT pg_advisory_xact_lock(hashtextextended('account ' || current_schema() || ' ' || member_id, 0))
            FROM unnest($1::text[]) AS n(member_id)
            """, parameters)
        return try transaction.query(
            """
            SELECT member_id, payouts, journals, payee, has_had_payee, income, array_to_json(command_ids)::text
            FROM accounts WHERE member_id = ANY($1::text[])
            """, parameters
        ).map { row in
            MemberAccount(
                row.text(0), payouts: row.int64(1), journals: row.int64(2),
                payee: try row.textOrNil(3).map(Payee.init(column:)), hasHadPayee: row.bool(4),
                income: try row.textOrNil(5).map(YearIncome.init(column:)),
                commandIDs: try CommandIDs(column: "{\"ids\":\(row.text(6))}").ids)
        }
    }

    static func save(_ accounts: [MemberAccount], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !accounts.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(accounts.map(\.memberID))
        parameters.append(accounts.map(\.payouts))
        parameters.append(accounts.map(\.journals))
        parameters.append(accounts.map { $0.payee?.column })
        parameters.append(accounts.map(\.hasHadPayee))
        parameters.append(accounts.map { $0.income?.column })
        parameters.append(accounts.map { CommandIDs(ids: $0.commandIDs).column })
        try transaction.run(
            """
            INSERT INTO accounts (member_id, payouts, journals, payee, has_had_payee, income, command_ids)
            SELECT n.member_id, n.payouts, n.journals, n.payee::json, n.has_had_payee, n.income::json,
                ARRAY(SELECT json_array_elements_text(n.command_ids::json -> 'ids'))
            FROM unnest($1::text[], $2::int8[], $3::int8[], $4::text[], $5::bool[], $6::text[], $7::text[])
                AS n(member_id, payouts, journals, payee, has_had_payee, income, command_ids)
            ON CONFLICT (member_id) DO UPDATE SET payouts = EXCLUDED.payouts, journals = EXCLUDED.journals,
                payee = EXCLUDED.payee, has_had_payee = EXCLUDED.has_had_payee, income = EXCLUDED.income,
                command_ids = EXCLUDED.command_ids
            """, parameters)
    }

    /// A list as one column of many rows.
    private struct CommandIDs: JSONCoded {
        let ids: [String]

        init(ids: [String]) { self.ids = ids }

        init(_ json: JSONObject) throws(Fault) { ids = try json.texts("ids") }

        func write(to json: inout JSONWriter) { json.field("ids", texts: ids) }
    }
}
