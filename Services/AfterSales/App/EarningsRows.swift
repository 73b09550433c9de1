import AfterSalesDomain
import Contracts
import Postgres

/// Table `earnings`: a row an order, written by its own message alone and read without a lock.
enum EarningsRows {
    static func load(
        _ orderIDs: [String], into state: inout State<AfterSalesAggregate>, in transaction: borrowing Transaction
    ) throws {
        guard !orderIDs.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(orderIDs)
        let rows = try transaction.query(
            "SELECT order_id, legs FROM earnings WHERE order_id = ANY($1::text[])", parameters)
        for row in rows {
            guard let orderID = OrderID(row.text(0)) else { preconditionFailure("\(row.text(0)) is no order id") }
            let legs: [OrderEarnings.Leg] = try JSONDocument.object(row.bytes(1)).readList("legs", atMost: 5000)
            state.load(.earnings(orderID), .earnings(OrderEarnings(orderID: orderID, legs: legs)))
        }
    }

    static func save(_ earnings: [OrderEarnings], in transaction: borrowing Transaction) throws {
        guard !earnings.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(earnings.map(\.orderID.text))
        parameters.append(earnings.map { order in JSONWriter.object { $0.field("legs", list: order.legs) } })
        try transaction.run(
            """
            INSERT INTO earnings (order_id, legs) SELECT * FROM unnest($1::text[], $2::bytea[])
            ON CONFLICT (order_id) DO UPDATE SET legs = EXCLUDED.legs
            """, parameters)
    }
}
