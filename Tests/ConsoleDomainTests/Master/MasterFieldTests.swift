import Contracts
import Testing

@testable import ConsoleDomain

@Suite("Fields of master data")
struct MasterFieldTests {
    /// One of each kind with every field filled.
    private static let full: [(MasterKind, [UInt8])] = [
        (
            .items,
            CatalogItem(
                sku: "A", name: "n", category: "c", commissionClass: "k", price: 1, cost: 2, weightGrams: 3,
                leadTimeDays: 4, reviewDays: 5, packSize: 6, minimumOrder: 7, safetyStock: 8, reorderPoint: 9,
                backorder: true, barcodes: ["x", "y"], packing: .init(group: "g", alone: true, piecesPerParcel: 2),
                noReasonReturn: false, active: false, effectiveFrom: Instant(milliseconds: 0)
            ).jsonBytes
        ),
        (
            .listings,
            CatalogListing(
                channel: "web", externalSku: "Z", name: "n",
                components: [.init(sku: "A", quantity: 2, shareParts: 3), .init(sku: "B")], active: false,
                effectiveFrom: Instant(milliseconds: 0)
            ).jsonBytes
        ),
        (
            .warehouses,
            CatalogWarehouse(
                warehouse: "W", name: "n", country: "CN", province: "p", city: "c", latitude: Degrees("30.5"),
                longitude: Degrees("-0.25"), priority: 1, regions: ["a", "b"], handlingCost: 2, costPerKgPer100Km: 3,
                dailyParcels: 4, kind: .supplier,
                contact: .init(name: "n", phone: "p", district: "d", street: "s"), returnTo: "V", active: false,
                effectiveFrom: Instant(milliseconds: 0)
            ).jsonBytes
        ),
        (
            .channels,
            CatalogChannel(
                channel: "web", name: "n", kind: .web, memberID: "M", paymentTimeoutMinutes: 1,
                autoReceiveAfterDeliveryDays: 2, autoReceiveAfterShipmentDays: 3, afterSalesDays: 4,
                attributionMode: .days, bindingDays: 5, platform: "p", shopName: "s", money: .platform,
                clocks: .platform, afterSales: .platform,
                holds: .init(amountAbove: 1, incompleteAddress: true, velocityOrders: 2, velocityMinutes: 3),
                secondApprovalAbove: 6,
                afterSalesRules: [
                    AfterSalesRule(
                        name: "r", decide: .ask, kinds: [.refund, .return], reasons: ["late"], shipped: true,
                        maximumAmount: 7, buyerCasesAbove: 8)
                ], active: false, effectiveFrom: Instant(milliseconds: 0)
            ).jsonBytes
        ),
        (
            .carriers,
            CatalogCarrier(
                carrier: "sf", name: "n",
                tariffs: [
                    .init(
                        zone: .sameProvince, firstKilogram: 1, furtherKilogram: 2, promiseDays: 3, maximumGrams: 4),
                    .init(zone: .abroad, firstKilogram: 5, furtherKilogram: 6, promiseDays: 7),
                ], active: false, effectiveFrom: Instant(milliseconds: 0)
            ).jsonBytes
        ),
        (
            .bindings,
            DistributionBinding(
                channel: "web", externalBuyerID: "u/7", memberID: "M", boundAt: Instant(milliseconds: 0), source: .live
            ).jsonBytes
        ),
        (
            .members,
            DistributionMember(
                memberID: "M", parentID: "N", grade: "g", name: "n", status: .disabled,
                joinedAt: Instant(milliseconds: 0), effectiveFrom: Instant(milliseconds: 0), buyers: ["web/u"],
                phoneFingerprint: "f"
            ).jsonBytes
        ),
        (
            .plans,
            DistributionPlan(
                planID: "P", version: 2, effectiveFrom: Instant(milliseconds: 0),
                levels: [
                    .init(
                        level: 1,
                        rates: [
                            .init(.basisPoints(1000)), .init(.amountPerUnit(5), grade: "g", commissionClass: "k"),
                            .init(.amountPerUnit(0), sku: "A"),
                        ]), .init(level: 2, rates: [.init(.basisPoints(500))]),
                ], mode: .margin, supplyPrices: [.init(sku: "A", grade: "g", price: 9)], selfPurchase: .shift,
                peerBonusBasisPoints: 10, teamTiers: [.init(monthlyTurnover: 100, rateBasisPoints: 20)],
                poolCapBasisPoints: 3000, base: .goodsReceivable, freezeDays: 3, minimumPayout: 4,
                payoutFeeBasisPoints: 5, acknowledgeLevels: true
            ).jsonBytes
        ),
    ]

    /// A field that the form does not know would be lost with the first save.
    @Test(arguments: full)
    func everyFieldOfTheContractIsKept(kind: MasterKind, body: [UInt8]) throws {
        var draft = try MasterDraft(kind, over: JSONDocument.object(body))
        if kind != .bindings { draft["effectiveFrom"] = .text("1970-01-01T00:00:00.000Z") }
        #expect(try String(decoding: draft.record().body, as: UTF8.self) == String(decoding: body, as: UTF8.self))
    }

    /// What a table holds is what is read from it.
    @Test(arguments: full)
    func everyFieldComesBackFromItsCell(kind: MasterKind, body: [UInt8]) throws {
        let json = try JSONDocument.object(body)
        var draft = try MasterDraft(kind)
        for field in kind.fields {
            draft[field.text] = try field.read(field.shown(field.value(in: json), .table), .table, .shanghai)
        }
        #expect(try String(decoding: draft.record().body, as: UTF8.self) == String(decoding: body, as: UTF8.self))
    }

    @Test func moneyOfAFormIsReadInTheDigitsOfItsCurrency() throws {
        let field = MasterField("price", .money)
        #expect(try field.read("12.5", .form(digits: 2), .shanghai) == .number("1250"))
        #expect(try field.read("125", .form(digits: 0), .shanghai) == .number("125"))
        #expect(throws: Fault.self) { try field.read("12.5", .form(digits: 0), .shanghai) }
        #expect(field.shown(.number("1250"), .form(digits: 2)) == "12.50")
    }

    @Test func percentIsReadAsBasisPoints() throws {
        let field = MasterField("rateBasisPoints", .percent)
        #expect(try field.read("8.5", .form(digits: 0), .shanghai) == .number("850"))
        #expect(try field.read("850", .table, .shanghai) == .number("850"))
    }

    @Test func dayStandsForItsFirstMomentOfTheMall() throws {
        let field = MasterField("effectiveFrom", .time)
        #expect(try field.read("2026-12-01", .table, .shanghai) == .text("2026-11-30T16:00:00.000Z"))
    }

    @Test(arguments: [("price", "x", "price"), ("backorder", "maybe", "backorder"), ("barcodes", "[1]", "barcodes[0]")])
    func contractSaysWhatIsWrong(field: String, typed: String, path: String) throws {
        var draft = try MasterDraft(.items)
        draft["sku"] = .text("A")
        let known = try #require(MasterKind.items.fields.first { $0.text == field })
        draft[field] = try known.read(typed, .table, .shanghai)
        #expect { try draft.record() } throws: { ($0 as? Fault)?.field == path }
    }
}
