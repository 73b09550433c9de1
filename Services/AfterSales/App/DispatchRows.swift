import AfterSalesDomain
import Postgres

/// Table `dispatches`: pieces of each line in each parcel that left.
enum DispatchRows {
    static let selection: StaticString = """
        SELECT order_id, shipment_id, line_id, quantity, is_delivered FROM dispatches
        WHERE order_id = ANY($1::text[]) ORDER BY order_id, number
        """

    static func dispatch(_ row: Row) -> Dispatch {
        Dispatch(shipmentID: row.text(1), lineID: row.text(2), quantity: row.int64(3), isDelivered: row.bool(4))
    }

    static func save(_ accounts: [OrderAccount], in transaction: borrowing Transaction) throws {
        let new = accounts.newChildren(\.dispatches, stored: \.dispatches)
        if !new.isEmpty {
            var parameters = delivery(new)
            parameters.append(new.map(\.value.shipmentID))
            parameters.append(new.map(\.value.lineID))
            parameters.append(new.map(\.value.quantity))
            try transaction.run(
                """
                INSERT INTO dispatches (order_id, number, is_delivered, shipment_id, line_id, quantity)
                SELECT * FROM unnest($1::text[], $2::int4[], $3::bool[], $4::text[], $5::text[], $6::int8[])
                """, parameters)
        }
        let old = accounts.oldChildren(\.dispatches, stored: \.dispatches)
        guard !old.isEmpty else { return }
        try transaction.run(
            """
            UPDATE dispatches d SET is_delivered = n.is_delivered
            FROM unnest($1::text[], $2::int4[], $3::bool[]) AS n(order_id, number, is_delivered)
            WHERE d.order_id = n.order_id AND d.number = n.number AND d.is_delivered <> n.is_delivered
            """, delivery(old))
    }

    private static func delivery(_ rows: [ChildRow<Dispatch>]) -> Parameters {
        var parameters = Parameters()
        parameters.append(rows.map(\.orderID))
        parameters.append(rows.map(\.number))
        parameters.append(rows.map(\.value.isDelivered))
        return parameters
    }
}
