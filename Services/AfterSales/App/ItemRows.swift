import AfterSalesDomain
import Contracts
import Postgres

/// Table `items`: reference rows, read without a lock.
enum ItemRows {
    static func load(
        _ skus: [String], into state: inout State<AfterSalesAggregate>, in transaction: borrowing Transaction
    ) throws {
        guard !skus.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(skus)
        let rows = try transaction.query(
            "SELECT sku, price, is_active FROM items WHERE sku = ANY($1::text[])", parameters)
        for row in rows {
            let item = ItemPrice(sku: row.text(0), price: row.int64(1), isActive: row.bool(2))
            state.load(.item(item.sku), .item(item))
        }
    }

    static func save(_ items: [ItemPrice], in transaction: borrowing Transaction) throws {
        guard !items.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(items.map(\.sku))
        parameters.append(items.map(\.price))
        parameters.append(items.map(\.isActive))
        try transaction.run(
            """
            INSERT INTO items (sku, price, is_active) SELECT * FROM unnest($1::text[], $2::int8[], $3::bool[])
            ON CONFLICT (sku) DO UPDATE SET price = EXCLUDED.price, is_active = EXCLUDED.is_active
            """, parameters)
    }
}
