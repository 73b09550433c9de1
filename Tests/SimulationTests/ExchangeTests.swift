import AfterSalesDomain
import Contracts
import FulfilmentDomain
import IntakeDomain
import InventoryDomain
import Pipeline
import Support
import Testing

/// Exchanges, reships and parcels that come back, through all five services.
@Suite("Goods for goods across the services")
struct ExchangeTests {
    private static let disturbances: [(seed: UInt64, Disturbance)] = [
        (0, .calm), (1, .storm), (2, .storm), (3, .storm),
    ]

    private func atRest(_ shop: Shop) {
        #expect(shop.end.leftovers == [])
        #expect(shop.end.stocks.values.flatMap { $0.levels.values }.allSatisfy { $0.reserved == 0 })
    }

    private func onHand(_ shop: Shop, _ sku: String) -> Int64? { shop.end.stocks[sku]?.levels["hangzhou"]?.onHand }

    @Test(arguments: 0..<4) func deliveredGoodsAreExchangedForCheaperOnes(seed: Int) throws {
        let shop = try Shop(seed: UInt64(seed), Self.disturbances[seed].1)
        try shop.pass(.hours(3))
        try shop.deliver()
        try shop.request(.exchange, for: "SKU-2")
        #expect(shop.replacement?.stock == .reserved)
        #expect(shop.replacement?.holds.map(\.kind) == [.exchange])
        #expect(shop.firstCase?.state == .requested)
        try shop.pass(.days(2))
        #expect(shop.firstCase?.state == .approved)
        try shop.pass(.hours(3))
        try shop.deliver()
        try shop.inspect()
        #expect(shop.firstCase?.outcome == .exchanged)
        // 100.00 for 80.00: the rest went back.
        #expect(shop.end.accounts[.sample]?.refunded == 2000)
        #expect(onHand(shop, "SKU-1") == 9)
        #expect(onHand(shop, "SKU-2") == 4)
        try shop.pass(.days(20))
        #expect(shop.order?.state == .completed)
        #expect(shop.replacement?.state == .completed)
        #expect(shop.replacement?.placed.attribution == nil)
        atRest(shop)
    }

    @Test(arguments: 0..<4) func goodsThatAreStillHereAreExchangedBeforeTheyLeave(seed: Int) throws {
        let shop = try Shop(seed: UInt64(seed), Self.disturbances[seed].1)
        try shop.request(.exchange, quantity: 2, for: "SKU-2")
        try shop.approve()
        #expect(shop.firstCase?.outcome == .exchanged)
        try shop.pass(.hours(3))
        try shop.deliver()
        #expect(onHand(shop, "SKU-1") == 10, "the first goods never left")
        #expect(onHand(shop, "SKU-2") == 3)
        #expect(shop.order?.state == .delivered, "what came instead was its parcel")
        try shop.pass(.days(20))
        #expect(shop.order?.state == .completed)
        #expect(shop.replacement?.state == .completed)
        atRest(shop)
    }

    @Test func withoutStockTheWishIsRejectedAndNothingStays() throws {
        let shop = try Shop(seed: 0, .calm, spare: 0)
        try shop.pass(.hours(3))
        try shop.deliver()
        try shop.request(.exchange, for: "SKU-2")
        #expect(shop.firstCase?.state == .rejected)
        #expect(shop.replacement?.state == .cancelled)
        try shop.pass(.days(20))
        #expect(shop.order?.state == .completed)
        atRest(shop)
    }

    @Test(arguments: 0..<4) func aRejectedWishLetsItsGoodsGo(seed: Int) throws {
        let shop = try Shop(seed: UInt64(seed), Self.disturbances[seed].1)
        try shop.pass(.hours(3))
        try shop.deliver()
        try shop.request(.exchange, for: "SKU-2")
        let head = CommandHead(commandID: "reject", actor: "anna", reason: "worn", issuedAt: shop.house.clock.now)
        try shop.say(
            RejectCase(head: head, orderID: .sample, caseID: shop.caseID), on: .commands(of: "after-sales"),
            key: OrderID.sample.text)
        #expect(shop.firstCase?.state == .rejected)
        #expect(shop.replacement?.state == .cancelled)
        #expect(onHand(shop, "SKU-2") == 5)
        try shop.pass(.days(20))
        atRest(shop)
    }

    @Test(arguments: 0..<4) func whatGotLostIsSentOnceMoreWithoutMoney(seed: Int) throws {
        let shop = try Shop(seed: UInt64(seed), Self.disturbances[seed].1)
        try shop.pass(.hours(3))
        try shop.deliver()
        try shop.request(.reship)
        try shop.approve()
        try shop.pass(.hours(3))
        try shop.deliver()
        #expect(shop.firstCase?.outcome == .exchanged)
        #expect(onHand(shop, "SKU-1") == 7)
        #expect(shop.end.accounts[.sample]?.refunded == 0)
        try shop.pass(.days(20))
        #expect(shop.order?.state == .completed)
        #expect(shop.replacement?.state == .completed)
        atRest(shop)
    }

    @Test(arguments: 0..<4) func aParcelThatNobodyTakesOpensACaseByItself(seed: Int) throws {
        let shop = try Shop(seed: UInt64(seed), Self.disturbances[seed].1)
        try shop.pass(.hours(3))
        try shop.scan(.returned)
        #expect(shop.firstCase?.reason == "came-back")
        #expect(shop.firstCase?.state == .received)
        try shop.inspect(2)
        #expect(shop.firstCase?.outcome == .refunded)
        #expect(shop.end.accounts[.sample]?.refunded == 20_000)
        #expect(onHand(shop, "SKU-1") == 10)
        try shop.pass(.days(20))
        atRest(shop)
    }
}
