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
            SELECT order_id, party FROM parties WHERE order_id = ANY($1::text[]) ORDER BY order_id FOR UPDATE
            """, parameters)
        for row in rows {
            do throws(Fault) {
                let parties = try Parties(JSONDocument.object(row.bytes(1)))
                state.load(.parties(parties.orderID), .parties(parties))
            } catch {
                // The fault may name a field, never a value.
                unreadable("parties", row.text(0), error)
            }
        }
    }

    static func save(_ parties: [Parties], in transaction: borrowing Transaction) throws {
        guard !parties.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(parties.map(\.orderID.text))
        parameters.append(parties.map(\.jsonBytes))
        try transaction.run(
            """
            INSERT INTO parties (order_id, party)
            SELECT order_id, party FROM unnest($1::text[], $2::bytea[]) AS n(order_id, party)
            ON CONFLICT (order_id) DO UPDATE SET party = EXCLUDED.party
            """, parameters)
    }
}
