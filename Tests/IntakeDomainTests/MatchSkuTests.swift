import Contracts
import Support
import Testing

@testable import IntakeDomain

@Suite("SKUs that nobody knew")
struct MatchSkuTests {
    private func order(_ number: Int, _ skus: [String] = ["theirs"]) -> ChannelOrder {
        .sample(
            externalOrderID: "WX-\(number)",
            lines: skus.enumerated().map { .sample("\($0.offset + 1)", sku: $0.element, quantity: 2) }, paid: true)
    }

    private func match(
        _ commandID: String = "C-1", of number: Int = 1, externalSku: String = "theirs", sku: String = "SKU-1",
        quantity: Int64 = 1, channel: String = "wechat-mini"
    ) -> MatchSku {
        MatchSku(
            head: .sample(commandID), orderID: .sample("WX-\(number)"), channel: channel, externalSku: externalSku,
            sku: sku, quantity: quantity)
    }

    @Test func oneMatchMendsAllOrdersThatWait() throws {
        var desk = try Desk()
        for number in 1...3 { try desk.place(order(number)) }
        #expect(try desk.command(match(quantity: 6))?.outcome == .accepted)
        for number in 1...3 {
            let order = try #require(desk.order(.sample("WX-\(number)")))
            #expect(order.holds == [] && order.reservation == 1)
            #expect(order.placed.lines.map(\.sku) == ["SKU-1"])
            #expect(order.placed.lines.map(\.piecesPerUnit) == [6])
            #expect(order.placed.weightGrams == 3000)
            let facts = desk.told.filter { ($0 as? OrderRevised)?.orderID == order.orderID }
            #expect((facts.first as? OrderRevised)?.reservation == 1 && facts.count == 1)
        }
        #expect(desk.told.filter { $0 is OrderReleased }.count == 3)
        #expect(desk.story.last == "CommandAnswered")
        try desk.place(order(4))
        #expect(desk.order(.sample("WX-4"))?.holds == [])
        #expect(desk.last(OrderPlaced.self)?.reservation == 1)
        #expect(desk.last(OrderPlaced.self)?.lines.map(\.piecesPerUnit) == [6])
    }

    @Test func stockIsAskedForWhenTheLastSkuIsKnown() throws {
        var desk = try Desk()
        try desk.place(order(1, ["theirs", "others", "SKU-1"]))
        _ = try desk.command(match())
        #expect(desk.order(.sample("WX-1"))?.reservation == 0)
        #expect(desk.last(OrderReleased.self) == nil)
        _ = try desk.command(match("C-2", externalSku: "others"))
        #expect(desk.order(.sample("WX-1"))?.reservation == 1)
        #expect(desk.last(OrderRevised.self)?.lines.map(\.sku) == ["SKU-1", "SKU-1", "SKU-1"])
        try desk.take(StockReserved.sample(orderID: .sample("WX-1")))
        #expect(desk.last(OrderConfirmed.self) != nil)
    }

    @Test func otherHoldsStay() throws {
        var desk = try Desk()
        try desk.place(order(1))
        _ = try desk.command(HoldOrder(head: .sample("C-0"), orderID: .sample("WX-1")))
        _ = try desk.command(match())
        #expect(desk.last(OrderReleased.self)?.remaining == ["operator"])
        #expect(desk.order(.sample("WX-1"))?.holds.map(\.kind) == [.operator])
    }

    @Test func anItemThatComesLateMendsTheOrders() throws {
        var desk = try Desk()
        for number in 1...2 { try desk.place(order(number)) }
        try desk.take(CatalogItem.sample(sku: "theirs", weightGrams: 10), on: .catalogItems, key: "theirs")
        for number in 1...2 {
            let order = try #require(desk.order(.sample("WX-\(number)")))
            #expect(order.holds == [] && order.reservation == 1 && order.placed.weightGrams == 20)
        }
        #expect(desk.last(OrderRevised.self)?.actor == nil)
    }

    @Test func aListingThatComesLateMendsTheOrdersOfItsChannel() throws {
        var desk = try Desk()
        let other = CatalogChannel.sample(channel: "web")
        try desk.take(other, on: .catalogChannels, key: "web")
        try desk.place(order(1))
        try desk.place(.sample(channel: "web", externalOrderID: "WX-1", lines: [.sample(sku: "theirs")]))
        let listing = CatalogListing(
            channel: "wechat-mini", externalSku: "theirs", components: [.init(sku: "SKU-1", quantity: 3)])
        try desk.take(listing, on: .catalogListings, key: "wechat-mini/theirs")
        #expect(desk.order(.sample("WX-1"))?.holds == [])
        // A bundle keeps the channel's name; inventory takes it apart.
        #expect(desk.order(.sample("WX-1"))?.placed.lines.map(\.sku) == ["theirs"])
        #expect(desk.order(.sample("WX-1"))?.placed.weightGrams == 1500)
        #expect(desk.order(.sample("WX-1", channel: "web"))?.holds.map(\.kind) == [.unmatchedSku])
    }

    @Test func aCancelledOrderIsNotMended() throws {
        var desk = try Desk()
        for number in 1...2 { try desk.place(order(number)) }
        _ = try desk.command(CancelOrder(head: .sample("C-0"), orderID: .sample("WX-2")))
        #expect(try desk.command(match("C-1", of: 2))?.reason == "the order is cancelled")
        #expect(try desk.command(match("C-2", of: 1))?.outcome == .accepted)
        #expect(desk.order(.sample("WX-2"))?.reservation == 0)
        #expect(desk.told.filter { $0 is OrderRevised }.count == 1)
    }

    @Test(
        arguments: [
            ("theirs", "SKU-9", 1, "wechat-mini", "SKU SKU-9 is unknown"),
            ("other", "SKU-1", 1, "wechat-mini", "the order does not wait for other"),
            ("theirs", "SKU-1", 0, "wechat-mini", "0 pieces are not possible"),
            ("theirs", "SKU-1", 1, "web", "the order is of another channel"),
        ] as [(String, String, Int64, String, String)])
    func aMatchThatMakesNoSenseIsRefused(
        externalSku: String, sku: String, quantity: Int64, channel: String, reason: String
    ) throws {
        var desk = try Desk()
        try desk.place(order(1))
        let command = match(externalSku: externalSku, sku: sku, quantity: quantity, channel: channel)
        #expect(try desk.command(command)?.reason == reason)
        #expect(desk.order(.sample("WX-1"))?.holds.map(\.kind) == [.unmatchedSku])
    }
}
