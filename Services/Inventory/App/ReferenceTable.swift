import Contracts
import InventoryDomain
import Postgres

/// The tables `items`, `listings` and `warehouses`: the newest message of each key, read without a lock. So is
/// `forecasts`, which the forecaster writes.
enum ReferenceTable {
    typealias Row = (id: String, body: [UInt8])

    struct Rows {
        var items: [Row] = []
        var listings: [Row] = []
        var warehouses: [Row] = []
    }

    /// Reads the kinds asked for in one round trip.
    static func load(
        _ ids: [Key.Kind: [String]], into state: inout State<InventoryAggregate>, in transaction: borrowing Transaction
    ) throws {
        let loaders: [(kind: Key.Kind, sql: StaticString)] = [
            (Key.itemKind, "SELECT sku, body FROM items WHERE sku = ANY($1::text[])"),
            (Key.forecastKind, "SELECT sku, body FROM forecasts WHERE sku = ANY($1::text[])"),
            (Key.listingKind, "SELECT listing, body FROM listings WHERE listing = ANY($1::text[])"),
            (Key.warehouseKind, "SELECT warehouse, body FROM warehouses WHERE warehouse = ANY($1::text[])"),
            // `$1` says only that all are wanted.
            (
                Key.warehousesKind,
                "SELECT warehouse, body FROM warehouses WHERE cardinality($1::text[]) > 0 ORDER BY warehouse"
            ),
        ]
        let wanted = loaders.filter { ids[$0.kind] != nil }
        let statements = wanted.map { loader -> (StaticString, Parameters) in
            var parameters = Parameters()
            parameters.append(ids[loader.kind] ?? [])
            return (loader.sql, parameters)
        }
        for (loader, rows) in zip(wanted, try transaction.queries(statements)) {
            if loader.kind == Key.warehousesKind {
                state.load(.warehouses, .warehouses(try rows.map { try CatalogWarehouse(json($0)) }))
                continue
            }
            for row in rows {
                state.load(Key(loader.kind, row.text(0)), try aggregate(of: loader.kind, json(row)))
            }
        }
    }

    static func save(_ rows: Rows, in transaction: borrowing Transaction) throws {
        try upsert(
            """
            INSERT INTO items (sku, body) SELECT * FROM unnest($1::text[], $2::bytea[])
            ON CONFLICT (sku) DO UPDATE SET body = EXCLUDED.body
            """, rows.items, in: transaction)
        try upsert(
            """
            INSERT INTO listings (listing, body) SELECT * FROM unnest($1::text[], $2::bytea[])
            ON CONFLICT (listing) DO UPDATE SET body = EXCLUDED.body
            """, rows.listings, in: transaction)
        try upsert(
            """
            INSERT INTO warehouses (warehouse, body) SELECT * FROM unnest($1::text[], $2::bytea[])
            ON CONFLICT (warehouse) DO UPDATE SET body = EXCLUDED.body
            """, rows.warehouses, in: transaction)
    }

    private static func upsert(_ sql: StaticString, _ rows: [Row], in transaction: borrowing Transaction) throws {
        guard !rows.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(rows.map(\.id))
        parameters.append(rows.map(\.body))
        try transaction.run(sql, parameters)
    }

    private static func aggregate(of kind: Key.Kind, _ json: JSONObject) throws(Fault) -> InventoryAggregate {
        switch kind {
        case Key.itemKind: .item(try CatalogItem(json))
        case Key.forecastKind: .forecast(try DemandForecast(json))
        case Key.listingKind: .listing(try CatalogListing(json))
        default: .warehouse(try CatalogWarehouse(json))
        }
    }

    private static func json(_ row: Row) throws(Fault) -> JSONObject { try JSONDocument.object(row.body) }
    private static func json(_ row: Postgres.Row) throws(Fault) -> JSONObject {
        try JSONDocument.object(row.bytes(1))
    }
}
