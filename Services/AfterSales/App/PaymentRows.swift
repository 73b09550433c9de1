import AfterSalesDomain
import Postgres

/// Table `payments`: money received, one row per payment.
enum PaymentRows {
    static let selection: StaticString = """
        SELECT order_id, payment_id, amount, excess FROM payments
        WHERE order_id = ANY($1::text[]) ORDER BY order_id, number
        """

    static func payment(_ row: Row) -> ReceivedPayment {
        ReceivedPayment(paymentID: row.text(1), amount: row.int64(2), excess: row.int64(3))
    }

    static func save(_ accounts: [OrderAccount], in transaction: borrowing Transaction) throws {
        let new = accounts.newChildren(\.payments, stored: \.payments)
        if !new.isEmpty {
            var parameters = amounts(new)
            parameters.append(new.map(\.value.paymentID))
            try transaction.run(
                """
                INSERT INTO payments (order_id, number, amount, excess, payment_id)
                SELECT * FROM unnest($1::text[], $2::int4[], $3::int8[], $4::int8[], $5::text[])
                """, parameters)
        }
        let old = accounts.oldChildren(\.payments, stored: \.payments)
        guard !old.isEmpty else { return }
        try transaction.run(
            """
            UPDATE payments p SET amount = n.amount, excess = n.excess
            FROM unnest($1::text[], $2::int4[], $3::int8[], $4::int8[]) AS n(order_id, number, amount, excess)
            WHERE p.order_id = n.order_id AND p.number = n.number
                AND (p.amount, p.excess) IS DISTINCT FROM (n.amount, n.excess)
            """, amounts(old))
    }

    private static func amounts(_ rows: [ChildRow<ReceivedPayment>]) -> Parameters {
        var parameters = Parameters()
        parameters.append(rows.map(\.orderID))
        parameters.append(rows.map(\.number))
        parameters.append(rows.map(\.value.amount))
        parameters.append(rows.map(\.value.excess))
        return parameters
    }
}
