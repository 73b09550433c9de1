import Contracts
import IntakeDomain
import Postgres

/// `snapshots`: which of a platform's snapshots of an order was followed last.
enum SnapshotTable {
    static func load(
        _ keys: [Key], into state: inout State<IntakeAggregate>, in transaction: borrowing Transaction
    ) throws {
        guard !keys.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(keys.map(\.id))
        let rows = try transaction.query(
            "SELECT name, snapshot FROM snapshots WHERE name = ANY($1::text[]) ORDER BY name FOR UPDATE", parameters)
        for row in rows {
            do throws(Fault) {
                let snapshot = try FollowedSnapshot(JSONDocument.object(row.bytes(1)))
                state.load(Key(.snapshot, row.text(0)), .snapshot(snapshot))
            } catch {
                unreadable("snapshots", row.text(0), error)
            }
        }
    }

    static func save(_ snapshots: [FollowedSnapshot], in transaction: borrowing Transaction) throws {
        guard !snapshots.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(snapshots.map(\.name))
        parameters.append(snapshots.map(\.jsonBytes))
        try transaction.run(
            """
            INSERT INTO snapshots (name, snapshot)
            SELECT name, snapshot FROM unnest($1::text[], $2::bytea[]) AS n(name, snapshot)
            ON CONFLICT (name) DO UPDATE SET snapshot = EXCLUDED.snapshot
            """, parameters)
    }

    /// Writes again what of an order is otherwise written once: a snapshot may have changed it while it was unpaid.
    ///
    /// Before the orders' other columns, which are checked against the new total.
    static func renew(_ orders: [Order], in transaction: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        let placed = orders.map(\.placed)
        var parameters = Parameters()
        parameters.append(orders.map(\.orderID.text))
        parameters.append(placed.map(\.goodsTotal))
        parameters.append(placed.map(\.freight))
        parameters.append(placed.map(\.fees))
        parameters.append(placed.map { $0.total - $0.goodsTotal - $0.freight - $0.fees })
        parameters.append(placed.map(\.total))
        parameters.append(orders.map(\.contentHash))
        parameters.append(placed.map(\.jsonBytes))
        try transaction.run(
            """
            UPDATE orders AS o SET
                goods_total = n.goods_total, freight = n.freight, fees = n.fees, tax_added = n.tax_added,
                total = n.total, content_hash = n.content_hash, placed = n.placed
            FROM unnest(
                $1::text[], $2::int8[], $3::int8[], $4::int8[], $5::int8[], $6::int8[], $7::int8[], $8::bytea[])
                AS n(order_id, goods_total, freight, fees, tax_added, total, content_hash, placed)
            WHERE o.order_id = n.order_id AND o.placed <> n.placed
            """, parameters)
    }
}
