import Contracts
import InventoryDomain
import Postgres

/// The table `stock_quotas`, under the lock of its SKU's stock.
enum QuotaTable {
    static func reading(_ skus: Parameters) -> (StaticString, Parameters) {
        ("SELECT sku, channel, quantity, sold, since FROM stock_quotas WHERE sku = ANY($1::text[])", skus)
    }

    static func quotas(_ rows: Rows) -> [String: [String: Quota]] {
        var quotas: [String: [String: Quota]] = [:]
        for row in rows {
            quotas[row.text(0), default: [:]][row.text(1)] = Quota(
                limit: row.int64(2), sold: row.int64(3), since: Instant(milliseconds: row.milliseconds(4)))
        }
        return quotas
    }

    static func save(_ stocks: [Stock], in transaction: borrowing Transaction) throws {
        let rows = stocks.flatMap { stock in
            stock.quotas.sorted { $0.key < $1.key }.map { (stock.sku, $0.key, $0.value) }
        }
        try deleteOthers(than: rows.map { ($0.0, $0.1) }, of: stocks.filter(\.isQuotaEnded), in: transaction)
        guard !rows.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(rows.map(\.0))
        parameters.append(rows.map(\.1))
        parameters.append(rows.map(\.2.limit))
        parameters.append(rows.map(\.2.sold))
        parameters.appendTimestamps(rows.map(\.2.since.milliseconds))
        try transaction.run(
            """
            INSERT INTO stock_quotas AS q (sku, channel, quantity, sold, since)
            SELECT * FROM unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::timestamptz[])
            ON CONFLICT (sku, channel) DO UPDATE
            SET quantity = EXCLUDED.quantity, sold = EXCLUDED.sold, since = EXCLUDED.since
            WHERE (q.quantity, q.sold, q.since) IS DISTINCT FROM (EXCLUDED.quantity, EXCLUDED.sold, EXCLUDED.since)
            """, parameters)
    }

    private static func deleteOthers(
        than kept: [(sku: String, channel: String)], of stocks: [Stock], in transaction: borrowing Transaction
    ) throws {
        guard !stocks.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(stocks.map(\.sku))
        parameters.append(kept.map(\.sku))
        parameters.append(kept.map(\.channel))
        try transaction.run(
            """
            DELETE FROM stock_quotas WHERE sku = ANY($1::text[])
                AND (sku, channel) NOT IN (SELECT * FROM unnest($2::text[], $3::text[]))
            """, parameters)
    }
}
