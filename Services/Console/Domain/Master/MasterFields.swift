import Contracts

/// What each kind of master record holds.
///
/// - Source: CONTRACTS section 2; the structs of `Shared/Contracts/Catalog` and `Distribution`.
enum MasterFields {
    private static let active = MasterField("active", .flag)
    private static let effectiveFrom = MasterField("effectiveFrom", .time)

    static let item: [MasterField] = [
        MasterField("sku", isKey: true), MasterField("name"), MasterField("category"), MasterField("commissionClass"),
        MasterField("currency"), MasterField("price", .money), MasterField("cost", .money),
        MasterField("weightGrams", .integer), MasterField("barcodes", .texts), MasterField("safetyStock", .integer),
        MasterField("reorderPoint", .integer), MasterField("leadTimeDays", .integer),
        MasterField("reviewDays", .integer), MasterField("packSize", .integer), MasterField("minimumOrder", .integer),
        MasterField("backorder", .flag), MasterField("noReasonReturn", .flag),
        MasterField(
            "packing",
            .group([
                MasterField("group"), MasterField("alone", .flag), MasterField("piecesPerParcel", .integer),
            ])), active, effectiveFrom,
    ]

    static let listing: [MasterField] = [
        MasterField("channel", isKey: true), MasterField("externalSku", isKey: true), MasterField("name"),
        MasterField(
            "components",
            .rows([
                MasterField("sku", isRequired: true), MasterField("quantity", .integer),
                MasterField("shareParts", .integer),
            ])), active, effectiveFrom,
    ]

    static let warehouse: [MasterField] = [
        MasterField("warehouse", isKey: true), MasterField("name"),
        MasterField("kind", .words(CatalogWarehouse.Kind.allCases.map(\.rawValue))), MasterField("country"),
        MasterField("province"), MasterField("city"), MasterField("latitude", .decimal),
        MasterField("longitude", .decimal), MasterField("priority", .integer), MasterField("regions", .texts),
        MasterField("handlingCost", .money), MasterField("costPerKgPer100Km", .money),
        MasterField("dailyParcels", .integer), MasterField("returnTo"),
        MasterField(
            "contact",
            .group([MasterField("name"), MasterField("phone"), MasterField("district"), MasterField("street")])),
        active, effectiveFrom,
    ]

    static let carrier: [MasterField] = [
        MasterField("carrier", .words(CarrierCodes.all.map(\.carrier)), isKey: true), MasterField("name"),
        MasterField(
            "tariffs",
            .rows([
                MasterField("zone", .words(CatalogCarrier.Zone.allCases.map(\.rawValue)), isRequired: true),
                MasterField("firstKilogram", .money, isRequired: true),
                MasterField("furtherKilogram", .money, isRequired: true),
                MasterField("promiseDays", .integer, isRequired: true), MasterField("maximumGrams", .integer),
            ])), active, effectiveFrom,
    ]

    private static let sides = CatalogChannel.Side.allCases.map(\.rawValue)

    static let channel: [MasterField] = [
        MasterField("channel", isKey: true), MasterField("name"),
        MasterField("kind", .words(CatalogChannel.Kind.allCases.map(\.rawValue)), isRequired: true),
        MasterField("platform"), MasterField("shopName"), MasterField("memberId"),
        MasterField("attributionMode", .words(CatalogChannel.AttributionMode.allCases.map(\.rawValue))),
        MasterField("bindingDays", .integer), MasterField("paymentTimeoutMinutes", .integer),
        MasterField("autoReceiveAfterDeliveryDays", .integer), MasterField("autoReceiveAfterShipmentDays", .integer),
        MasterField("afterSalesDays", .integer), MasterField("money", .words(sides)),
        MasterField("clocks", .words(sides)), MasterField("afterSales", .words(sides)),
        MasterField("secondApprovalAbove", .money),
        MasterField(
            "holds",
            .group([
                MasterField("amountAbove", .money), MasterField("incompleteAddress", .flag),
                MasterField("velocityOrders", .integer), MasterField("velocityMinutes", .integer),
            ])),
        MasterField(
            "afterSalesRules",
            .rows([
                MasterField("name", isRequired: true),
                MasterField("decide", .words(AfterSalesRule.Decision.allCases.map(\.rawValue)), isRequired: true),
                MasterField("kinds", .texts), MasterField("reasons", .texts), MasterField("shipped", .flag),
                MasterField("maximumAmount", .money), MasterField("buyerCasesAbove", .integer),
            ])), active, effectiveFrom,
    ]

    static let member: [MasterField] = [
        MasterField("memberId", isKey: true), MasterField("name"), MasterField("parentId"), MasterField("grade"),
        MasterField("status", .words(DistributionMember.Status.allCases.map(\.rawValue))),
        MasterField("joinedAt", .time), MasterField("buyers", .texts), MasterField("phoneFingerprint"), effectiveFrom,
    ]

    static let binding: [MasterField] = [
        MasterField("channel", isKey: true), MasterField("externalBuyerId", isKey: true),
        MasterField("memberId", isRequired: true), MasterField("boundAt", .time, isRequired: true),
        MasterField("source", .words(DistributionBinding.Source.allCases.map(\.rawValue)), isRequired: true),
    ]

    static let plan: [MasterField] = [
        MasterField("planId", isKey: true), MasterField("version", .integer, isRequired: true),
        MasterField("currency"), MasterField("mode", .words(DistributionPlan.Mode.allCases.map(\.rawValue))),
        MasterField(
            "levels",
            .rows([
                MasterField("level", .integer),
                MasterField(
                    "rates",
                    .rows([
                        MasterField("grade"), MasterField("commissionClass"), MasterField("sku"),
                        MasterField("rateBasisPoints", .percent), MasterField("amountPerUnit", .money),
                    ])),
            ]), isRequired: true),
        MasterField(
            "supplyPrices", .rows([MasterField("sku"), MasterField("grade"), MasterField("price", .money)])),
        MasterField("selfPurchase", .words(DistributionPlan.SelfPurchase.allCases.map(\.rawValue))),
        MasterField("base", .words(DistributionPlan.Basis.allCases.map(\.rawValue))),
        MasterField("poolCapBasisPoints", .percent, isRequired: true),
        MasterField("peerBonusBasisPoints", .percent),
        MasterField(
            "teamTiers", .rows([MasterField("monthlyTurnover", .money), MasterField("rateBasisPoints", .percent)])),
        MasterField("freezeDays", .integer), MasterField("minimumPayout", .money),
        MasterField("payoutFeeBasisPoints", .percent), MasterField("acknowledgeLevels", .flag), effectiveFrom,
    ]
}
