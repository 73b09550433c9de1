import Contracts
import Support
import Testing

@Suite("Rules of inbound types")
struct InboundRuleTests {
    private func fault<Body: Message>(_ type: Body.Type, _ text: String) -> Fault? {
        do throws(Fault) {
            _ = try Body(JSONDocument.object(Array(text.utf8)))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "A rate has a share or an amount, not both and not none",
        arguments: [
            (#"{"rateBasisPoints":1}"#, nil), (#"{"amountPerUnit":0}"#, nil),
            (#"{"rateBasisPoints":1,"amountPerUnit":null}"#, nil), ("{}", "levels[0].rates[0].rateBasisPoints"),
            (#"{"rateBasisPoints":1,"amountPerUnit":1}"#, "levels[0].rates[0].amountPerUnit"),
            (#"{"rateBasisPoints":10001}"#, "levels[0].rates[0].rateBasisPoints"),
            (#"{"rateBasisPoints":1},{"rateBasisPoints":2}"#, "levels[0].rates"),
            (#"{"rateBasisPoints":1},{"grade":"gold","rateBasisPoints":2}"#, nil),
            (#"{"rateBasisPoints":1}]},{"level":1,"rates":["#, "levels[1].level"),
        ] as [(String, String?)])
    func rateHasOneReward(rates: String, field: String?) {
        let plan = #"{"planId":"p","version":1,"poolCapBasisPoints":3000,"levels":[{"level":1,"rates":[\#(rates)]}]}"#
        #expect(fault(DistributionPlan.self, plan)?.field == field)
    }

    @Test(
        "A movement's quantity fits its kind",
        arguments: [
            ("received", 1, nil), ("received", 0, "quantity"), ("scrapped", -1, "quantity"), ("adjusted", -1, nil),
            ("adjusted", 0, "quantity"), ("counted", 0, nil), ("counted", -1, "quantity"), ("order-cancelled", 1, nil),
            ("lost", 1, "kind"),
        ] as [(String, Int64, String?)])
    func quantityFitsKind(kind: String, quantity: Int64, field: String?) {
        let movement = """
            {"movementId":"m","warehouse":"w","sku":"s","kind":"\(kind)","quantity":\(quantity),
            "occurredAt":"2026-11-22T08:00:00Z"}
            """
        #expect(fault(WarehouseMovement.self, movement)?.field == field)
    }

    @Test(
        "A request wants lines or an amount, each line once",
        arguments: [
            (#""lines":[{"lineId":"1","quantity":1}]"#, nil), (#""amount":1"#, nil), (#""lines":[]"#, "lines"),
            (#""lines":[{"lineId":"1","quantity":1},{"lineId":"1","quantity":1}]"#, "lines[1].lineId"),
        ] as [(String, String?)])
    func requestSaysWhatIsWanted(fields: String, field: String?) {
        let request = """
            {"channel":"a","externalOrderId":"1","externalCaseId":"c","kind":"refund",
            "requestedAt":"2026-11-22T08:00:00Z",\(fields)}
            """
        #expect(fault(AfterSalesRequest.self, request)?.field == field)
    }

    @Test("Nobody stands above himself")
    func memberIsNotItsParent() {
        #expect(fault(DistributionMember.self, #"{"memberId":"M1","parentId":"M1"}"#)?.field == "parentId")
        #expect(fault(DistributionMember.self, #"{"memberId":"M1","parentId":"M2"}"#) == nil)
    }

    @Test("An active listing has a component, an inactive one needs none")
    func listingHasComponents() {
        #expect(fault(CatalogListing.self, #"{"channel":"a","externalSku":"x"}"#)?.field == "components")
        #expect(fault(CatalogListing.self, #"{"channel":"a","externalSku":"x","active":false}"#) == nil)
    }

    @Test("A name that is not given is the id")
    func nameFallsBackToID() throws {
        #expect(try CatalogItem(JSONDocument.object(Array(#"{"sku":"S"}"#.utf8))).name == "S")
        #expect(CatalogWarehouse(warehouse: "w").name == "w")
    }

    @Test("Samples come back from JSON")
    func samplesAreValid() throws {
        func check<Body: Message & Equatable>(_ sample: Body) throws {
            #expect(try Body(JSONDocument.object(sample.jsonBytes)) == sample)
        }
        try check(ChannelPayment.sample())
        try check(AfterSalesRequest.sample())
        try check(CatalogItem.sample())
        try check(CatalogWarehouse.sample())
        try check(CatalogChannel.sample())
        try check(DistributionMember.sample())
        try check(DistributionBinding.sample())
        try check(DistributionPlan.sample())
        try check(CarrierScan.sample())
        try check(WarehouseMovement.sample())
    }
}
