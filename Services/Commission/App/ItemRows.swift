import CommissionDomain
import Contracts
import Postgres

/// The table `items`: the commission class of a SKU and since when.
enum ItemRows {
    static func load(
        _ skus: [String], in transaction: borrowing Transaction
    ) throws(PostgresError) -> [String: Dated<String?>] {
        var parameters = Parameters()
        parameters.append(skus)
        let rows = try transaction.query(
            "SELECT sku, effective_from, commission_class FROM items WHERE sku = ANY($1::text[])", parameters)
        var items: [String: Dated<String?>] = [:]
        for row in rows { items[row.text(0), default: Dated()].set(row.textOrNil(2), from: row.instant(1)) }
        return items
    }

    static func save(
        _ items: [(sku: String, classes: Dated<String?>)], in transaction: borrowing Transaction
    ) throws(PostgresError) {
        guard !items.isEmpty else { return }
        let rows = items.flatMap { item in item.classes.entries.map { (item.sku, $0) } }
        var parameters = Parameters()
        parameters.append(rows.map(\.0))
        parameters.appendTimestamps(rows.map(\.1.from.milliseconds))
        parameters.append(rows.map(\.1.value))
        try transaction.run(
            """
            INSERT INTO items (sku, effective_from, commission_class)
            SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[])
            ON CONFLICT (sku, effective_from) DO UPDATE SET commission_class = EXCLUDED.commission_class
            """, parameters)
    }
}
