import AfterSalesDomain
import Postgres

/// Table `refunds`: money that goes back, and whether it has arrived.
enum RefundRows {
    static let selection: StaticString = """
        SELECT order_id, refund_id, case_id, payment_id, amount, reason, state FROM refunds
        WHERE order_id = ANY($1::text[]) ORDER BY order_id, number
        """

    static func refund(_ row: Row) -> Refund {
        Refund(
            refundID: row.text(1), caseID: row.textOrNil(2), paymentID: row.text(3), amount: row.int64(4),
            reason: row.text(5), state: CaseRows.word(row, 6))
    }

    static func save(_ accounts: [OrderAccount], in transaction: borrowing Transaction) throws {
        let new = accounts.newChildren(\.refunds, stored: \.refunds)
        if !new.isEmpty {
            var parameters = states(new)
            parameters.append(new.map(\.value.refundID))
            parameters.append(new.map(\.value.caseID))
            parameters.append(new.map(\.value.paymentID))
            parameters.append(new.map(\.value.amount))
            parameters.append(new.map(\.value.reason))
            try transaction.run(
                """
                INSERT INTO refunds (order_id, number, state, refund_id, case_id, payment_id, amount, reason)
                SELECT * FROM unnest(
                    $1::text[], $2::int4[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int8[], $8::text[])
                """, parameters)
        }
        let old = accounts.oldChildren(\.refunds, stored: \.refunds)
        guard !old.isEmpty else { return }
        try transaction.run(
            """
            UPDATE refunds r SET state = n.state
            FROM unnest($1::text[], $2::int4[], $3::text[]) AS n(order_id, number, state)
            WHERE r.order_id = n.order_id AND r.number = n.number AND r.state <> n.state
            """, states(old))
    }

    private static func states(_ rows: [ChildRow<Refund>]) -> Parameters {
        var parameters = Parameters()
        parameters.append(rows.map(\.orderID))
        parameters.append(rows.map(\.number))
        parameters.append(rows.map(\.value.state.rawValue))
        return parameters
    }
}
