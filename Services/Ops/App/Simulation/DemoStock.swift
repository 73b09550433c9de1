import Contracts

/// The demo's four warehouses and what lies in them.
enum DemoStock {
    static let warehouses: [(id: String, province: String, city: String, latitude: Int64, longitude: Int64)] = [
        ("hangzhou", "浙江省", "杭州市", 30_274_085, 120_155_070),
        ("guangzhou", "广东省", "广州市", 23_129_110, 113_264_385),
        ("chengdu", "四川省", "成都市", 30_572_815, 104_066_801),
        ("tianjin", "天津市", "天津市", 39_084_158, 117_200_983),
    ]

    /// One SKU in forty was never bought in.
    static func hasStock(_ sku: String, seed: UInt64) -> Bool {
        var random = SeededRandom(seed: seed, "stock \(sku)")
        return random.number(below: 40) != 0
    }

    static var warehouseRecords: [OutgoingRecord] {
        warehouses.enumerated().map { index, place in
            let warehouse = CatalogWarehouse(
                warehouse: place.id, name: place.city + "仓", province: place.province, city: place.city,
                latitude: Degrees(microdegrees: place.latitude), longitude: Degrees(microdegrees: place.longitude),
                priority: Int64(index + 1), handlingCost: 300, costPerKgPer100Km: 45,
                effectiveFrom: DemoScript.beginning)
            return OutgoingRecord(
                warehouse, on: .catalogWarehouses, key: place.id, id: "demo/warehouse/\(place.id)",
                source: "/ops/demo")
        }
    }

    static func item(_ sku: String, price: Int64) -> OutgoingRecord {
        let item = CatalogItem(
            sku: sku, name: "唱片 \(sku)", category: "唱片", commissionClass: "music", price: price, cost: price / 2,
            weightGrams: 120, leadTimeDays: 14, reviewDays: 7, effectiveFrom: DemoScript.beginning)
        return OutgoingRecord(item, on: .catalogItems, key: sku, id: "demo/item/\(sku)", source: "/ops/demo")
    }

    /// More in every warehouse than all orders together want, so that no order's fate depends on another's.
    ///
    /// - Parameter marker: Tells this demo's receipts from those of another that ran before on the same data.
    static func receipts(_ sku: String, wanted: Int64, marker: String) -> [OutgoingRecord] {
        warehouses.map { place in
            let movement = WarehouseMovement(
                movementID: "demo-\(marker)-\(place.id)-\(sku)", warehouse: place.id, sku: sku, kind: .received,
                quantity: wanted * 2 + 10, reference: "demo", occurredAt: DemoScript.beginning)
            return OutgoingRecord(
                movement, on: .warehouseMovements, key: sku, id: "demo/receipt/\(marker)/\(place.id)/\(sku)",
                source: "/ops/demo")
        }
    }
}
