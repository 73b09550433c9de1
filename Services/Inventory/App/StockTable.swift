import Contracts
import InventoryDomain
import Postgres

/// The tables `stock_skus`, `stock_levels`, `stock_incoming`, `stock_quotas` and `backorders`: one SKU's stock under one lock.
enum StockTable {
    /// Locks the SKUs in ascending order, then reads their levels: a statement of its own, because one that waited for
    /// the lock would still see the children as they were before.
    static func load(_ skus: [String], in transaction: borrowing Transaction) throws -> [Stock] {
        var parameters = Parameters()
        parameters.append(skus)
        let rows = try transaction.queries([
            (
                """
                SELECT sku, safety_stock, is_low, announced_available, announced_incoming, announced_at,
                    announcement_due, cover_demand, suggestion_id, suggestion_quantity, suggestion_accepted
                FROM stock_skus WHERE sku = ANY($1::text[]) ORDER BY sku FOR UPDATE
                """, parameters
            ),
            (
                """
                SELECT sku, warehouse, on_hand, reserved, safety_stock FROM stock_levels WHERE sku = ANY($1::text[])
                """, parameters
            ),
            ("SELECT sku, reference, quantity FROM stock_incoming WHERE sku = ANY($1::text[])", parameters),
            (
                """
                SELECT sku, order_id, line_id, quantity FROM backorders
                WHERE sku = ANY($1::text[]) ORDER BY sku, place
                """, parameters
            ),
            QuotaTable.reading(parameters),
        ])
        var levels: [String: [String: StockLevel]] = [:]
        for row in rows[1] {
            levels[row.text(0), default: [:]][row.text(1)] = StockLevel(
                onHand: row.int64(2), reserved: row.int64(3), safetyStock: row.int64(4))
        }
        var incoming: [String: [String: Int64]] = [:]
        for row in rows[2] { incoming[row.text(0), default: [:]][row.text(1)] = row.int64(2) }
        let backorders = Dictionary(grouping: rows[3], by: { $0.text(0) }).mapValues { $0.map(Backorder.init) }
        let quotas = QuotaTable.quotas(rows[4])
        return rows[0].map { row in
            let sku = row.text(0)
            return Stock(
                sku: sku, levels: levels[sku] ?? [:], safetyStock: row.int64OrNil(1), quotas: quotas[sku] ?? [:],
                incoming: incoming[sku] ?? [:], backorders: backorders[sku] ?? [], isLow: row.bool(2),
                coverDemand: row.int64OrNil(7),
                suggestion: Suggestion(row), announced: Announcement(row), isAnnouncementDue: row.bool(6),
                isStored: true)
        }
    }

    static func save(_ stocks: [Stock], in transaction: borrowing Transaction) throws {
        guard !stocks.isEmpty else { return }
        try write(
            """
            INSERT INTO stock_skus (sku, safety_stock, is_low, announced_available, announced_incoming, announced_at,
                announcement_due, cover_demand, suggestion_id, suggestion_quantity, suggestion_accepted)
            SELECT * FROM unnest($1::text[], $2::int8[], $3::bool[], $4::int8[], $5::int8[], $6::timestamptz[],
                $7::bool[], $8::int8[], $9::text[], $10::int8[], $11::bool[])
            """, stocks.filter { !$0.isStored }, in: transaction)
        try write(
            """
            UPDATE stock_skus s SET safety_stock = n.safety_stock, is_low = n.is_low,
                announced_available = n.available, announced_incoming = n.incoming, announced_at = n.at,
                announcement_due = n.due, cover_demand = n.cover_demand, suggestion_id = n.suggestion,
                suggestion_quantity = n.suggested, suggestion_accepted = n.accepted
            FROM unnest($1::text[], $2::int8[], $3::bool[], $4::int8[], $5::int8[], $6::timestamptz[], $7::bool[],
                $8::int8[], $9::text[], $10::int8[], $11::bool[])
                AS n(sku, safety_stock, is_low, available, incoming, at, due, cover_demand, suggestion, suggested,
                    accepted)
            WHERE s.sku = n.sku AND (s.safety_stock, s.is_low, s.announced_available, s.announced_incoming,
                s.announced_at, s.announcement_due, s.cover_demand, s.suggestion_id, s.suggestion_quantity,
                s.suggestion_accepted)
                IS DISTINCT FROM (n.safety_stock, n.is_low, n.available, n.incoming, n.at, n.due, n.cover_demand,
                    n.suggestion, n.suggested, n.accepted)
            """, stocks.filter(\.isStored), in: transaction)
        try writeLevels(stocks, in: transaction)
        try writeIncoming(stocks, in: transaction)
        try QuotaTable.save(stocks, in: transaction)
        try writeBackorders(stocks.filter { $0.isQueueChanged || !$0.isStored }, in: transaction)
    }

    private static func write(_ sql: StaticString, _ stocks: [Stock], in transaction: borrowing Transaction) throws {
        guard !stocks.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(stocks.map(\.sku))
        parameters.append(stocks.map(\.safetyStock))
        parameters.append(stocks.map(\.isLow))
        parameters.append(stocks.map { $0.announced?.available })
        parameters.append(stocks.map { $0.announced?.incoming })
        parameters.appendTimestamps(stocks.map { $0.announced?.at.milliseconds })
        parameters.append(stocks.map(\.isAnnouncementDue))
        parameters.append(stocks.map(\.coverDemand))
        parameters.append(stocks.map { $0.suggestion?.id })
        parameters.append(stocks.map { $0.suggestion?.quantity })
        parameters.append(stocks.map { $0.suggestion?.isAccepted })
        try transaction.run(sql, parameters)
    }

    private static func writeLevels(_ stocks: [Stock], in transaction: borrowing Transaction) throws {
        let rows = stocks.flatMap { stock in
            stock.levels.sorted { $0.key < $1.key }.map { (stock.sku, $0.key, $0.value) }
        }
        guard !rows.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(rows.map(\.0))
        parameters.append(rows.map(\.1))
        parameters.append(rows.map(\.2.onHand))
        parameters.append(rows.map(\.2.reserved))
        parameters.append(rows.map(\.2.safetyStock))
        try transaction.run(
            """
            INSERT INTO stock_levels AS l (sku, warehouse, on_hand, reserved, safety_stock)
            SELECT * FROM unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::int8[])
            ON CONFLICT (sku, warehouse) DO UPDATE
            SET on_hand = EXCLUDED.on_hand, reserved = EXCLUDED.reserved, safety_stock = EXCLUDED.safety_stock
            WHERE (l.on_hand, l.reserved, l.safety_stock)
                IS DISTINCT FROM (EXCLUDED.on_hand, EXCLUDED.reserved, EXCLUDED.safety_stock)
            """, parameters)
    }

    private static func writeIncoming(_ stocks: [Stock], in transaction: borrowing Transaction) throws {
        let rows = stocks.flatMap { stock in
            stock.incoming.sorted { $0.key < $1.key }.map { (stock.sku, $0.key, $0.value) }
        }
        guard !rows.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(rows.map(\.0))
        parameters.append(rows.map(\.1))
        parameters.append(rows.map(\.2))
        try transaction.run(
            """
            INSERT INTO stock_incoming AS i (sku, reference, quantity)
            SELECT * FROM unnest($1::text[], $2::text[], $3::int8[])
            ON CONFLICT (sku, reference) DO UPDATE SET quantity = EXCLUDED.quantity
            WHERE i.quantity <> EXCLUDED.quantity
            """, parameters)
    }

    /// A queue that has changed is written anew.
    private static func writeBackorders(_ stocks: [Stock], in transaction: borrowing Transaction) throws {
        guard !stocks.isEmpty else { return }
        let rows = stocks.flatMap { stock in
            stock.backorders.enumerated().map { (stock.sku, Int64($0.offset), $0.element) }
        }
        var parameters = Parameters()
        parameters.append(stocks.map(\.sku))
        try transaction.run("DELETE FROM backorders WHERE sku = ANY($1::text[])", parameters)
        guard !rows.isEmpty else { return }
        parameters = Parameters()
        parameters.append(rows.map(\.0))
        parameters.append(rows.map(\.1))
        parameters.append(rows.map(\.2.orderID.text))
        parameters.append(rows.map(\.2.lineID))
        parameters.append(rows.map(\.2.quantity))
        try transaction.run(
            """
            INSERT INTO backorders (sku, place, order_id, line_id, quantity)
            SELECT * FROM unnest($1::text[], $2::int8[], $3::text[], $4::text[], $5::int8[])
            """, parameters)
    }
}

extension Backorder {
    fileprivate init(_ row: Row) {
        guard let orderID = OrderID(row.text(1)) else { preconditionFailure("order \(row.text(1)) is none of ours") }
        self.init(orderID: orderID, lineID: row.text(2), quantity: row.int64(3))
    }
}

extension Suggestion {
    fileprivate init?(_ row: Row) {
        guard let id = row.textOrNil(8), let quantity = row.int64OrNil(9) else { return nil }
        self.init(id: id, quantity: quantity, isAccepted: row.boolOrNil(10) ?? false)
    }
}

extension Announcement {
    fileprivate init?(_ row: Row) {
        guard let available = row.int64OrNil(3), let at = row.millisecondsOrNil(5) else { return nil }
        self.init(available: available, incoming: row.int64OrNil(4) ?? 0, at: Instant(milliseconds: at))
    }
}
