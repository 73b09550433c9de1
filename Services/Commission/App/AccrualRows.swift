import CommissionDomain
import Contracts
import Postgres

/// The table `accruals`; what was taken back, or has matured, writes the row anew.
enum AccrualRows {
    static let selection: StaticString =
        "SELECT order_id, body FROM accruals WHERE order_id = ANY($1::text[]) ORDER BY order_id, accrual"

    static func save(_ orders: [CommissionOrder], in transaction: borrowing Transaction) throws(PostgresError) {
        let rows = orders.flatMap { order in order.accruals.map { (orderID: order.placed.orderID.text, accrual: $0) } }
        guard !rows.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(rows.map(\.orderID))
        parameters.append(rows.map(\.accrual.number))
        parameters.append(rows.map(\.accrual.seller))
        parameters.append(rows.map(\.accrual.column))
        try transaction.run(
            """
            INSERT INTO accruals (order_id, accrual, seller, body)
            SELECT n.order_id, n.accrual, n.seller, n.body::json
            FROM unnest($1::text[], $2::int8[], $3::text[], $4::text[]) AS n(order_id, accrual, seller, body)
            ON CONFLICT (order_id, accrual) DO UPDATE SET body = EXCLUDED.body
            """, parameters)
    }
}
