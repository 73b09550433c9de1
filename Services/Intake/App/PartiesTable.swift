import Contracts
import IntakeDomain
import Postgres

/// `parties`: who an order is for, apart from everything else.
enum PartiesTable {
    static func load(
        _ keys: [Key], into state: inout State<IntakeAggregate>, in transaction: borrowing Transaction
    ) throws {
        guard !keys.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(keys.map(\.id))
        let rows = try transaction.query(
            """
            SELECT order_id, buyer_id, party, locked, erased_at FROM parties
            WHERE order_id = ANY($1::text[]) ORDER BY order_id FOR UPDATE
            """, parameters)
        for row in rows {
            do throws(Fault) {
                guard let orderID = OrderID(row.text(0)) else { throw Fault("is no order's id") }
                let parties = try Parties(
                    orderID: orderID, buyerID: row.text(1),
                    try row.bytesOrNil(2).map { (bytes) throws(Fault) in try JSONDocument.object(bytes) },
                    isLocked: row.bool(3),
                    erasedAt: row.millisecondsOrNil(4).map { Instant(milliseconds: $0) })
                state.load(.parties(parties.orderID), .parties(parties))
            } catch {
                // The fault may name a field, never a value.
                unreadable("parties", row.text(0), error)
            }
        }
    }

    /// The orders of each buyer that others may still know of come first.
    static func loadDossiers(
        _ keys: [Key], into state: inout State<IntakeAggregate>, in transaction: borrowing Transaction
    ) throws {
        for key in keys {
            var parameters = Parameters()
            parameters.append(key.id)
            parameters.append(Int64(BuyerDossier.maximumCount))
            let rows = try transaction.query(
                """
                SELECT order_id FROM parties WHERE buyer_id = $1 AND erased_at IS NULL
                ORDER BY locked, order_id LIMIT $2
                """, parameters)
            state.load(key, .dossier(BuyerDossier(orderIDs: rows.compactMap { OrderID($0.text(0)) })))
        }
    }

    static func save(_ parties: [Parties], in transaction: borrowing Transaction) throws {
        guard !parties.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(parties.map { $0.orderID.text })
        parameters.append(parties.map { $0.buyerID })
        parameters.append(parties.map { $0.erasedAt == nil ? $0.jsonBytes : nil })
        parameters.append(parties.map { $0.isLocked })
        parameters.appendTimestamps(parties.map { $0.erasedAt?.milliseconds })
        try transaction.run(
            """
            INSERT INTO parties (order_id, buyer_id, party, locked, erased_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::bool[], $5::timestamptz[])
            ON CONFLICT (order_id) DO UPDATE SET
                party = EXCLUDED.party, locked = EXCLUDED.locked, erased_at = EXCLUDED.erased_at
            """, parameters)
    }
}
