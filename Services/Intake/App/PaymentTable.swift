import Contracts
import IntakeDomain
import Postgres

/// `payments`: what was paid for an order, in the order it was counted.
enum PaymentTable {
    /// The payments of orders whose rows are locked already.
    static func load(
        _ orderIDs: [String], in transaction: borrowing Transaction
    ) throws -> [String: [OrderPayment]] {
        guard !orderIDs.isEmpty else { return [:] }
        var parameters = Parameters()
        parameters.append(orderIDs)
        let rows = try transaction.query(
            """
            SELECT order_id, payment_id, amount, counted, paid_at
            FROM payments WHERE order_id = ANY($1::text[]) ORDER BY order_id, ordinal
            """, parameters)
        var payments: [String: [OrderPayment]] = [:]
        for row in rows {
            payments[row.text(0), default: []].append(
                OrderPayment(
                    paymentID: row.text(1), amount: row.int64(2), counted: row.int64(3),
                    paidAt: Instant(milliseconds: row.milliseconds(4))))
        }
        return payments
    }

    /// Adds those that are not stored yet; a payment never changes.
    static func insert(_ orders: [Order], in transaction: borrowing Transaction) throws {
        var orderIDs: [String] = []
        var ordinals: [Int32] = []
        var payments: [OrderPayment] = []
        for order in orders {
            let stored = order.storedPayments ?? 0
            for (index, payment) in order.account.payments.enumerated().dropFirst(stored) {
                orderIDs.append(order.orderID.text)
                ordinals.append(Int32(index + 1))
                payments.append(payment)
            }
        }
        guard !payments.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(orderIDs)
        parameters.append(payments.map { $0.paymentID })
        parameters.append(ordinals)
        parameters.append(payments.map { $0.amount })
        parameters.append(payments.map { $0.counted })
        parameters.appendTimestamps(payments.map { $0.paidAt.milliseconds })
        try transaction.run(
            """
            INSERT INTO payments (order_id, payment_id, ordinal, amount, counted, paid_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::int4[], $4::int8[], $5::int8[], $6::timestamptz[])
            """, parameters)
    }
}
