import AfterSalesDomain
import Contracts
import Postgres

/// Table `accounts`: an order's lock and sums; its children come from their own tables in one further round trip.
enum AccountRows {
    /// The orders of these external names; a name never changes, so no lock is needed.
    static func orderIDs(named names: [String], in transaction: borrowing Transaction) throws -> [String] {
        var parameters = Parameters()
        parameters.append(names)
        let rows = try transaction.query(
            "SELECT order_id FROM accounts WHERE external_name = ANY($1::text[])", parameters)
        return rows.map { $0.text(0) }
    }

    static func load(_ orderIDs: [String], in transaction: borrowing Transaction) throws -> [OrderAccount] {
        var parameters = Parameters()
        parameters.append(orderIDs)
        let rows = try transaction.query(
            """
            SELECT placed, follows_platform, is_paid, is_cancelled, after_sales_until FROM accounts
            WHERE order_id = ANY($1::text[]) ORDER BY order_id FOR UPDATE
            """, parameters)
        guard !rows.isEmpty else { return [] }
        let children = try transaction.queries([
            (PaymentRows.selection, parameters), (DispatchRows.selection, parameters),
            (CaseRows.selection, parameters), (CaseLineRows.selection, parameters),
            (RefundRows.selection, parameters), (MessageRows.selection, parameters),
        ])
        let payments = Dictionary(grouping: children[0]) { $0.text(0) }
        let dispatches = Dictionary(grouping: children[1]) { $0.text(0) }
        let cases = Dictionary(grouping: children[2]) { $0.text(0) }
        let caseLines = Dictionary(grouping: children[3]) { $0.text(0) }
        let refunds = Dictionary(grouping: children[4]) { $0.text(0) }
        let messages = Dictionary(grouping: children[5]) { $0.text(0) }
        return try rows.map { row in
            let placed = try OrderPlaced(JSONDocument.object(row.bytes(0)))
            let id = placed.orderID.text
            let items = Dictionary(grouping: caseLines[id] ?? []) { $0.int32(1) }
            var account = OrderAccount(
                placed: placed, followsPlatform: row.bool(1),
                stored: StoredRows(
                    exists: true, payments: payments[id]?.count ?? 0, dispatches: dispatches[id]?.count ?? 0,
                    cases: cases[id]?.count ?? 0, refunds: refunds[id]?.count ?? 0,
                    messages: messages[id]?.count ?? 0))
            account.isPaid = row.bool(2)
            account.isCancelled = row.bool(3)
            account.afterSalesUntil = row.millisecondsOrNil(4).map { Instant(milliseconds: $0) }
            account.payments = (payments[id] ?? []).map(PaymentRows.payment)
            account.dispatches = (dispatches[id] ?? []).map(DispatchRows.dispatch)
            account.cases = (cases[id] ?? []).map { CaseRows.afterSalesCase($0, items[$0.int32(1)] ?? []) }
            account.refunds = (refunds[id] ?? []).map(RefundRows.refund)
            account.messages = try (messages[id] ?? []).map(MessageRows.message)
            return account
        }
    }

    static func save(_ accounts: [OrderAccount], in transaction: borrowing Transaction) throws {
        let new = accounts.filter { !$0.stored.exists }
        if !new.isEmpty {
            var parameters = sums(new)
            parameters.append(new.map { "\($0.placed.channel)/\($0.placed.externalOrderID)" })
            parameters.append(new.map(\.placed.jsonBytes))
            parameters.append(new.map(\.followsPlatform))
            try transaction.run(
                """
                INSERT INTO accounts (
                    order_id, is_paid, is_cancelled, paid, refunded, pending, after_sales_until, external_name, placed,
                    follows_platform)
                SELECT * FROM unnest(
                    $1::text[], $2::bool[], $3::bool[], $4::int8[], $5::int8[], $6::int8[], $7::timestamptz[],
                    $8::text[], $9::bytea[], $10::bool[])
                """, parameters)
        }
        let old = accounts.filter(\.stored.exists)
        guard !old.isEmpty else { return }
        try revise(old.filter(\.isRevised), in: transaction)
        try transaction.run(
            """
            UPDATE accounts a SET is_paid = n.is_paid, is_cancelled = n.is_cancelled, paid = n.paid,
                refunded = n.refunded, pending = n.pending, after_sales_until = n.after_sales_until
            FROM unnest($1::text[], $2::bool[], $3::bool[], $4::int8[], $5::int8[], $6::int8[], $7::timestamptz[])
                AS n(order_id, is_paid, is_cancelled, paid, refunded, pending, after_sales_until)
            WHERE a.order_id = n.order_id
                AND (a.is_paid, a.is_cancelled, a.paid, a.refunded, a.pending, a.after_sales_until) IS DISTINCT FROM
                    (n.is_paid, n.is_cancelled, n.paid, n.refunded, n.pending, n.after_sales_until)
            """, sums(old))
    }

    private static func revise(_ accounts: [OrderAccount], in transaction: borrowing Transaction) throws {
        guard !accounts.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(accounts.map(\.orderID.text))
        parameters.append(accounts.map(\.placed.jsonBytes))
        try transaction.run(
            """
            UPDATE accounts a SET placed = n.placed
            FROM unnest($1::text[], $2::bytea[]) AS n(order_id, placed) WHERE a.order_id = n.order_id
            """, parameters)
    }

    private static func sums(_ accounts: [OrderAccount]) -> Parameters {
        var parameters = Parameters()
        parameters.append(accounts.map(\.orderID.text))
        parameters.append(accounts.map(\.isPaid))
        parameters.append(accounts.map(\.isCancelled))
        parameters.append(accounts.map(\.paid))
        parameters.append(accounts.map(\.refunded))
        parameters.append(accounts.map(\.pending))
        parameters.appendTimestamps(accounts.map { $0.afterSalesUntil?.milliseconds })
        return parameters
    }
}
