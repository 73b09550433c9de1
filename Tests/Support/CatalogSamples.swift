public import Contracts

extension CatalogItem {
    public static func sample(
        sku: String = "SKU-1", commissionClass: String? = nil, price: Int64 = 10_000, cost: Int64 = 4000,
        weightGrams: Int64 = 250, leadTimeDays: Int64? = 14, reviewDays: Int64? = 7, packSize: Int64 = 1,
        minimumOrder: Int64 = 0, safetyStock: Int64 = 0, reorderPoint: Int64? = nil, backorder: Bool = false,
        packing: CatalogItem.Packing? = nil, active: Bool = true, effectiveFrom: Instant? = nil
    ) -> CatalogItem {
        CatalogItem(
            sku: sku, commissionClass: commissionClass, price: price, cost: cost, weightGrams: weightGrams,
            leadTimeDays: leadTimeDays, reviewDays: reviewDays, packSize: packSize, minimumOrder: minimumOrder,
            safetyStock: safetyStock, reorderPoint: reorderPoint,
            backorder: backorder, packing: packing, active: active, effectiveFrom: effectiveFrom)
    }
}

extension CatalogWarehouse {
    /// A warehouse in Hangzhou unless a place is given.
    public static func sample(
        warehouse: String = "hangzhou", province: String = "浙江省", city: String = "杭州市",
        latitude: Degrees = Degrees(microdegrees: 30_274_085), longitude: Degrees = Degrees(microdegrees: 120_155_070),
        priority: Int64 = 1, regions: [String]? = nil, handlingCost: Int64 = 300, costPerKgPer100Km: Int64 = 45,
        dailyParcels: Int64? = nil, active: Bool = true, effectiveFrom: Instant? = nil
    ) -> CatalogWarehouse {
        CatalogWarehouse(
            warehouse: warehouse, province: province, city: city, latitude: latitude, longitude: longitude,
            priority: priority, regions: regions, handlingCost: handlingCost, costPerKgPer100Km: costPerKgPer100Km,
            dailyParcels: dailyParcels, active: active, effectiveFrom: effectiveFrom)
    }
}

extension CatalogChannel {
    public static func sample(
        channel: String = "wechat-mini", kind: Kind = .miniProgram, memberID: String? = nil,
        paymentTimeoutMinutes: Int64? = 30, attributionMode: AttributionMode = .firstBind, bindingDays: Int64? = nil,
        platform: String? = nil, money: Side = .own, clocks: Side = .own, afterSales: Side = .own,
        holds: HoldRules? = nil,
        secondApprovalAbove: Int64? = nil, afterSalesRules: [AfterSalesRule]? = nil, active: Bool = true,
        effectiveFrom: Instant? = nil
    ) -> CatalogChannel {
        CatalogChannel(
            channel: channel, kind: kind, memberID: memberID, paymentTimeoutMinutes: paymentTimeoutMinutes,
            autoReceiveAfterDeliveryDays: 7, autoReceiveAfterShipmentDays: 10, afterSalesDays: 7,
            attributionMode: attributionMode, bindingDays: bindingDays, platform: platform, money: money,
            clocks: clocks, afterSales: afterSales, holds: holds, secondApprovalAbove: secondApprovalAbove,
            afterSalesRules: afterSalesRules, active: active, effectiveFrom: effectiveFrom)
    }
}

extension CatalogCarrier {
    /// Goes within the province and through the country, for less than the sandbox's carriers.
    public static func sample(
        carrier: String = "sto", firstKilogram: Int64 = 300, promiseDays: Int64 = 3, maximumGrams: Int64? = 30_000,
        active: Bool = true, effectiveFrom: Instant? = nil
    ) -> CatalogCarrier {
        CatalogCarrier(
            carrier: carrier,
            tariffs: [Zone.sameProvince, .domestic].map {
                Tariff(
                    zone: $0, firstKilogram: firstKilogram, furtherKilogram: 50, promiseDays: promiseDays,
                    maximumGrams: maximumGrams)
            }, active: active, effectiveFrom: effectiveFrom)
    }
}
