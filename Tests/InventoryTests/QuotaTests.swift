import Contracts
import InventoryDomain
import Pipeline
import Support
import Testing

@testable import Inventory

/// Ten pieces, of which the channel `jd` may sell four.
@Suite("What one channel may sell") struct QuotaTests {
    private static func head(_ id: String) -> CommandHead {
        CommandHead(commandID: id, actor: "u-1", reason: "because", issuedAt: .sample)
    }

    private static func mall(backorder: Bool = false) throws -> Mall {
        let mall = try Mall(onHand: ["hangzhou": 10], items: [.sample(backorder: backorder)])
        try limit(4, mall, "C-0")
        return mall
    }

    private static func limit(_ quantity: Int64?, _ mall: Mall, _ id: String) throws {
        mall.harness.publish(
            SetChannelQuota(head: head(id), sku: "SKU-1", channel: "jd", quantity: quantity),
            on: .commands(of: "inventory"), key: "SKU-1")
        try mall.harness.settle()
        mall.harness.clock.advance(by: .seconds(2))
    }

    private static func order(_ id: String, _ quantity: Int64, channel: String = "jd", _ mall: Mall) throws {
        mall.harness.publish(
            OrderPlaced.sample(channel: channel, externalOrderID: id, lines: [.sample(quantity: quantity)]))
        try mall.harness.settle()
    }

    private static func cancel(_ id: String, _ mall: Mall) throws {
        mall.harness.publish(
            OrderCancelled(orderID: .sample(id, channel: "jd"), reason: .buyer, cancelledAt: .sample, refundDue: 0))
        try mall.harness.settle()
    }

    private static func left(_ mall: Mall) -> Int64? { mall.stock()?.quotas["jd"]?.left }

    @Test func channelSellsNoMoreThanItsLimitAndOthersSellTheRest() throws {
        let mall = try Self.mall()
        try Self.order("A", 3, mall)
        try Self.order("B", 2, mall)
        try Self.order("C", 7, channel: "wechat-mini", mall)
        let shortages = mall.harness.facts(StockRejected.self).map(\.shortages)
        #expect(shortages == [[Shortage(sku: "SKU-1", wanted: 2, available: 1)]])
        #expect(mall.harness.facts(StockReserved.self).count == 2)
        try mall.audit()
    }

    @Test func whatIsCancelledMayBeSoldAgain() throws {
        let mall = try Self.mall()
        try Self.order("A", 4, mall)
        #expect(Self.left(mall) == 0)
        try Self.cancel("A", mall)
        #expect(Self.left(mall) == 4)
    }

    @Test func whatWasSoldBeforeTheLimitDoesNotCountAndComesNotBackToIt() throws {
        let mall = try Self.mall()
        try Self.order("A", 3, mall)
        try Self.limit(2, mall, "C-1")
        #expect(Self.left(mall) == 2)
        try Self.order("B", 1, mall)
        try Self.cancel("A", mall)
        #expect(Self.left(mall) == 1)
    }

    @Test func limitIsNotWaitedForButGoodsAre() throws {
        let mall = try Self.mall(backorder: true)
        try Self.order("A", 5, mall)
        #expect(mall.harness.facts(StockRejected.self).count == 1)
        try Self.order("B", 9, channel: "wechat-mini", mall)
        try Self.order("C", 3, mall)
        #expect(mall.harness.facts(StockBackordered.self).count == 1)
        #expect(Self.left(mall) == 1)
        try Self.cancel("C", mall)
        #expect(Self.left(mall) == 4)
        try mall.audit()
    }

    @Test func limitIsToldWithTheAvailabilityAndItsEndToo() throws {
        let mall = try Self.mall()
        #expect(
            mall.harness.facts(AvailabilityChanged.self).last?.quotas == [ChannelQuota(channel: "jd", available: 4)])
        try Self.order("A", 8, channel: "wechat-mini", mall)
        try mall.harness.advance(by: .seconds(2))
        #expect(
            mall.harness.facts(AvailabilityChanged.self).last?.quotas == [ChannelQuota(channel: "jd", available: 2)])
        try Self.limit(nil, mall, "C-1")
        #expect(mall.harness.facts(AvailabilityChanged.self).last?.quotas == [])
        try Self.order("B", 2, mall)
        #expect(mall.harness.facts(StockRejected.self).isEmpty)
    }
}
