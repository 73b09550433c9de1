import Contracts
import Support
import Testing

@testable import IntakeDomain

@Suite("Holds")
struct HoldTests {
    private func desk(_ rules: CatalogChannel.HoldRules?) throws -> Desk { try Desk(.sample(holds: rules)) }

    private func order(
        _ number: Int = 1001, at placedAt: Instant = .sample, shipTo: ChannelOrder.Address? = .sample(),
        delivery: ChannelOrder.Delivery = .express, price: Int64 = 10_000, buyer: String? = "u-77"
    ) -> ChannelOrder {
        .sample(
            externalOrderID: "WX-\(number)", placedAt: placedAt, buyer: buyer.map { .sample($0) }, shipTo: shipTo,
            lines: [.sample(unitPrice: price)], paid: true, delivery: delivery)
    }

    @Test(arguments: [(9999, true), (10_000, false), (10_001, false)])
    func whatCostsMoreThanTheLimitIsHeld(limit: Int64, isHeld: Bool) throws {
        var desk = try desk(CatalogChannel.HoldRules(amountAbove: limit))
        try desk.place(order())
        #expect(desk.order()?.holds.map(\.kind) == (isHeld ? [.amount] : []))
        #expect(desk.last(OrderHeld.self)?.reason == (isHeld ? "10000 is above \(limit)" : nil))
    }

    @Test(
        arguments: [
            ("the address", nil, ChannelOrder.Delivery.express),
            ("the receiver", ChannelOrder.Address(phone: "1", street: "s"), .express),
            ("the phone", ChannelOrder.Address(name: "n", street: "s"), .express),
            ("the phone", ChannelOrder.Address(name: "n", phone: "", street: "s"), .local),
            ("the street", ChannelOrder.Address(name: "n", phone: "1"), .express),
            (nil, ChannelOrder.Address(name: "n", phone: "1", street: "s"), .express),
            (nil, ChannelOrder.Address(sealed: ChannelOrder.Sealed(scheme: "taobao", token: "t")), .express),
            (nil, nil, .pickup), (nil, nil, .virtual),
        ] as [(String?, ChannelOrder.Address?, ChannelOrder.Delivery)])
    func whatCannotBeDeliveredIsHeld(
        missing: String?, shipTo: ChannelOrder.Address?, delivery: ChannelOrder.Delivery
    ) throws {
        var desk = try desk(CatalogChannel.HoldRules(incompleteAddress: true))
        try desk.place(order(shipTo: shipTo, delivery: delivery))
        #expect(desk.last(OrderHeld.self)?.reason == missing.map { "\($0) is missing" })
        #expect(desk.order()?.holds.first?.kind == missing.map { _ in .incompleteAddress })
    }

    /// The third order within an hour; minutes after the first, of the second and the third.
    @Test(arguments: [(10, 59, true), (10, 60, false), (59, 59, true), (0, 0, true), (59, 61, false)])
    func theOrderTooManyWithinTheTimeIsHeld(second: Int64, third: Int64, isHeld: Bool) throws {
        var desk = try desk(CatalogChannel.HoldRules(velocityOrders: 3, velocityMinutes: 60))
        try desk.place(order(1))
        try desk.place(order(2, at: .sample + .minutes(second)))
        #expect(desk.last(OrderHeld.self) == nil)
        try desk.place(order(3, at: .sample + .minutes(third)))
        #expect(desk.last(OrderHeld.self)?.reason == (isHeld ? "order 3 of the buyer within 60 minutes" : nil))
    }

    @Test func ordersOfOthersAndOfNobodyDoNotCount() throws {
        var desk = try desk(CatalogChannel.HoldRules(velocityOrders: 2, velocityMinutes: 60))
        try desk.place(order(1, buyer: "u-1"))
        try desk.place(order(2, buyer: "u-2"))
        try desk.place(order(3, buyer: nil))
        try desk.place(order(4, buyer: nil))
        #expect(desk.last(OrderHeld.self) == nil)
    }

    @Test func withoutRulesNothingIsHeld() throws {
        var desk = try desk(nil)
        try desk.place(order(shipTo: nil))
        #expect(desk.order()?.holds == [])
    }

    @Test func anImportedOrderIsNotHeld() throws {
        var desk = try desk(CatalogChannel.HoldRules(amountAbove: 0, incompleteAddress: true))
        try desk.place(.sample(shipTo: nil, historical: true))
        #expect(desk.story == ["OrderPlaced"])
    }

    @Test func severalHoldsEndEachByItself() throws {
        var desk = try desk(CatalogChannel.HoldRules(amountAbove: 1, incompleteAddress: true))
        try desk.place(order(shipTo: nil))
        try desk.take(StockReserved.sample())
        _ = try desk.command(HoldOrder(head: .sample("C-1"), orderID: .sample))
        #expect(desk.order()?.holds.map(\.kind) == [.amount, .incompleteAddress, .operator])
        #expect(desk.order()?.hold == "10000 is above 1; the address is missing; asked by phone")
        let remaining: [(HoldKind, [String])] = [
            (.incompleteAddress, ["amount", "operator"]), (.operator, ["amount"]), (.amount, []),
        ]
        for (kind, rest) in remaining {
            #expect(desk.last(OrderConfirmed.self) == nil)
            let answer = try desk.command(
                ReleaseOrder(head: .sample("C-\(kind)"), orderID: .sample, hold: kind))
            #expect(answer?.outcome == .accepted)
            #expect(desk.last(OrderReleased.self)?.hold == kind)
            #expect(desk.last(OrderReleased.self)?.remaining == rest)
        }
        #expect(desk.last(OrderConfirmed.self) != nil)
    }

    @Test func aReleaseWithoutKindEndsAllThatAPersonMayEnd() throws {
        var desk = try desk(CatalogChannel.HoldRules(amountAbove: 1, incompleteAddress: true))
        try desk.place(.sample(shipTo: nil, lines: [.sample(sku: "theirs")]))
        _ = try desk.command(ReleaseOrder(head: .sample(), orderID: .sample))
        #expect(desk.order()?.holds.map(\.kind) == [.unmatchedSku])
        let again = try desk.command(ReleaseOrder(head: .sample("C-2"), orderID: .sample))
        #expect(again?.reason == "a SKU of the order is not matched yet")
        let other = try desk.command(ReleaseOrder(head: .sample("C-3"), orderID: .sample, hold: .velocity))
        #expect(other?.reason == "the order is not held for velocity")
    }

    @Test func theOrdersOfABlockedBuyerAreHeldUntilItIsFreeAgain() throws {
        var desk = try desk(nil)
        try desk.place(order())
        let block = BlockBuyer(head: .sample("C-1"), orderID: .sample, buyerID: "wechat-mini/u-77")
        #expect(try desk.command(block)?.outcome == .accepted)
        #expect(desk.order()?.holds == [])
        try desk.place(order(2))
        #expect(desk.order(.sample("WX-2"))?.holds.map(\.reason) == ["the buyer is blocked"])
        try desk.place(order(3, buyer: "u-78"))
        #expect(desk.order(.sample("WX-3"))?.holds == [])
        let free = BlockBuyer(head: .sample("C-2"), orderID: .sample, buyerID: "wechat-mini/u-77", blocked: false)
        #expect(try desk.command(free)?.outcome == .accepted)
        try desk.place(order(4))
        #expect(desk.order(.sample("WX-4"))?.holds == [])
    }

    @Test(arguments: [
        ("wechat-mini/u-78", true, "the order is of another buyer"),
        ("wechat-mini/u-77", false, "the buyer is not blocked"),
    ])
    func aBlockThatChangesNothingIsRefused(buyerID: String, blocked: Bool, reason: String) throws {
        var desk = try desk(nil)
        try desk.place(order())
        let command = BlockBuyer(head: .sample(), orderID: .sample, buyerID: buyerID, blocked: blocked)
        #expect(try desk.command(command)?.reason == reason)
    }
}
