import Contracts
import FulfilmentDomain
import Postgres

/// What pieces weigh and want of their parcels; read without a lock.
enum ItemsTable {
    static func load(_ skus: [String], in transaction: borrowing Transaction) throws -> [ItemWeight] {
        guard !skus.isEmpty else { return [] }
        var parameters = Parameters()
        parameters.append(skus)
        return try transaction.query(
            "SELECT sku, weight_grams, packing FROM items WHERE sku = ANY($1::text[])", parameters
        ).map { row in
            ItemWeight(
                sku: row.text(0), weightGrams: row.int64(1),
                packing: try row.bytesOrNil(2).map { try PackingRule(JSONDocument.object($0)) })
        }
    }

    static func save(_ items: [ItemWeight], in transaction: borrowing Transaction) throws {
        guard !items.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(items.map(\.sku))
        parameters.append(items.map(\.weightGrams))
        parameters.append(items.map { $0.packing?.jsonBytes })
        try transaction.run(
            """
            INSERT INTO items (sku, weight_grams, packing) SELECT * FROM unnest($1::text[], $2::int8[], $3::bytea[])
            ON CONFLICT (sku) DO UPDATE SET weight_grams = EXCLUDED.weight_grams, packing = EXCLUDED.packing
            """, parameters)
    }
}

/// Where warehouses stand; read without a lock.
enum WarehousesTable {
    static func load(_ ids: [String], in transaction: borrowing Transaction) throws -> [WarehousePlace] {
        guard !ids.isEmpty else { return [] }
        var parameters = Parameters()
        parameters.append(ids)
        return try transaction.query(
            """
            SELECT warehouse, country, province, city, contact FROM warehouses WHERE warehouse = ANY($1::text[])
            """, parameters
        ).map { row in
            WarehousePlace(
                warehouse: row.text(0), country: row.text(1), province: row.textOrNil(2), city: row.textOrNil(3),
                contact: try row.bytesOrNil(4).map { try CatalogWarehouse.Contact(JSONDocument.object($0)) })
        }
    }

    static func save(_ places: [WarehousePlace], in transaction: borrowing Transaction) throws {
        guard !places.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(places.map(\.warehouse))
        parameters.append(places.map(\.country))
        parameters.append(places.map(\.province))
        parameters.append(places.map(\.city))
        parameters.append(places.map { $0.contact?.jsonBytes })
        try transaction.run(
            """
            INSERT INTO warehouses (warehouse, country, province, city, contact)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[])
            ON CONFLICT (warehouse) DO UPDATE SET country = EXCLUDED.country, province = EXCLUDED.province,
                city = EXCLUDED.city, contact = EXCLUDED.contact
            """, parameters)
    }
}

/// How long parcels take; written beside the lanes, read without a lock.
enum TransitTable {
    /// - Parameter ids: `carrier/warehouse/province`.
    static func load(_ ids: [String], in transaction: borrowing Transaction) throws -> [TransitTime] {
        guard !ids.isEmpty else { return [] }
        var parameters = Parameters()
        parameters.append(ids)
        return try transaction.query(
            """
            SELECT carrier, warehouse, province, median_hours, usual_hours FROM transit_times
            WHERE carrier || '/' || warehouse || '/' || province = ANY($1::text[])
            """, parameters
        ).map {
            TransitTime(
                carrier: $0.text(0), warehouse: $0.text(1), province: $0.text(2), medianHours: $0.int64(3),
                usualHours: $0.int64(4))
        }
    }
}
