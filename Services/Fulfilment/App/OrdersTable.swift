import Contracts
import FulfilmentDomain
import Postgres

/// One row per order; its lock is the lock of everything below it.
enum OrdersTable {
    /// Locks and reads orders without what other tables hold of them, ids ascending.
    static func lock(_ ids: [String], in transaction: borrowing Transaction) throws -> [Order] {
        var parameters = Parameters()
        parameters.append(ids)
        return try transaction.query(
            """
            SELECT order_id, phase, delivery, country, province, city, district, region_code, weight_grams, confirmed,
                ship_by, buyer_id, address_fingerprint, external_order_id,
                move_id, move_to
            FROM orders WHERE order_id = ANY($1::text[]) ORDER BY order_id FOR UPDATE
            """, parameters
        ).map(order)
    }

    private static func order(_ row: Row) throws -> Order {
        let region = row.textOrNil(3).map {
            Region(
                country: $0, province: row.textOrNil(4), city: row.textOrNil(5), district: row.textOrNil(6),
                code: row.textOrNil(7))
        }
        return Order(
            orderID: orderID(row.text(0)), delivery: word(row.text(2)), region: region, weightGrams: row.int64(8),
            buyerID: row.textOrNil(11), addressFingerprint: row.textOrNil(12), shipBy: row.instantOrNil(10),
            externalOrderID: row.textOrNil(13),
            phase: word(row.text(1)), lines: [],
            confirmed: try row.bytesOrNil(9).map { try OrderConfirmed(JSONDocument.object($0)) },
            move: row.textOrNil(14).map { StockMove(requestID: $0, warehouse: row.text(15)) })
    }

    static func save(_ orders: [ChangedOrder], in transaction: borrowing Transaction) throws {
        try insert(orders.filter { $0.stored == nil }.map(\.order), in: transaction)
        let changed = orders.filter {
            guard let stored = $0.stored else { return false }
            return stored.phase != $0.order.phase || stored.confirmed != $0.order.confirmed
                || stored.region != $0.order.region || stored.weightGrams != $0.order.weightGrams
                || stored.addressFingerprint != $0.order.addressFingerprint || stored.move != $0.order.move
        }.map(\.order)
        guard !changed.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(changed.map(\.orderID.text))
        parameters.append(changed.map(\.phase.rawValue))
        appendRegions(changed, to: &parameters)
        parameters.append(changed.map { $0.confirmed?.jsonBytes })
        parameters.append(changed.map(\.addressFingerprint))
        parameters.append(changed.map { $0.move?.requestID })
        parameters.append(changed.map { $0.move?.warehouse })
        try transaction.run(
            """
            UPDATE orders o SET phase = n.phase, country = n.country, province = n.province, city = n.city,
                district = n.district, region_code = n.region_code, weight_grams = n.weight_grams,
                confirmed = n.confirmed, address_fingerprint = n.address_fingerprint, move_id = n.move_id,
                move_to = n.move_to
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::int8[], $9::bytea[], $10::text[], $11::text[], $12::text[])
                AS n(order_id, phase, country, province, city, district, region_code, weight_grams, confirmed,
                    address_fingerprint, move_id, move_to)
            WHERE o.order_id = n.order_id
            """, parameters)
    }

    private static func appendRegions(_ orders: [Order], to parameters: inout Parameters) {
        parameters.append(orders.map { $0.region?.country })
        parameters.append(orders.map { $0.region?.province })
        parameters.append(orders.map { $0.region?.city })
        parameters.append(orders.map { $0.region?.district })
        parameters.append(orders.map { $0.region?.code })
        parameters.append(orders.map(\.weightGrams))
    }

    private static func insert(_ orders: [Order], in transaction: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(orders.map(\.orderID.text))
        parameters.append(orders.map(\.phase.rawValue))
        parameters.append(orders.map(\.delivery.rawValue))
        appendRegions(orders, to: &parameters)
        parameters.append(orders.map { $0.confirmed?.jsonBytes })
        parameters.appendTimestamps(orders.map { $0.shipBy?.milliseconds })
        parameters.append(orders.map(\.buyerID))
        parameters.append(orders.map(\.addressFingerprint))
        parameters.append(orders.map(\.externalOrderID))
        parameters.append(orders.map { $0.move?.requestID })
        parameters.append(orders.map { $0.move?.warehouse })
        try transaction.run(
            """
            INSERT INTO orders (order_id, phase, delivery, country, province, city, district, region_code,
                weight_grams, confirmed, ship_by, buyer_id, address_fingerprint, external_order_id, move_id, move_to)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::text[], $9::int8[], $10::bytea[], $11::timestamptz[], $12::text[], $13::text[],
                $14::text[], $15::text[], $16::text[])
            """, parameters)
    }
}

/// A word that a CHECK constraint has let in.
func word<Word: RawRepresentable>(_ text: String) -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: text) else { preconditionFailure("\(Word.self) has no word \(text)") }
    return word
}

/// An order id that was written by this service.
func orderID(_ text: String) -> OrderID {
    guard let orderID = OrderID(text) else { preconditionFailure("\(text) is not an order id") }
    return orderID
}
