import Contracts
import IntakeDomain
import Support
import Testing

@Suite("Parcels on their way")
struct FollowGoodsTests {
    private let twoLines = ChannelOrder.sample(lines: [.sample("1"), .sample("2", quantity: 2)], paid: true)

    @Test func anOrderIsShippedWhenItsLastParcelLeaves() throws {
        var desk = try Desk.confirmed(twoLines)
        try desk.take(ShipmentDispatched.sample(lines: [.sample("1")]))
        #expect(desk.last(OrderPartiallyShipped.self)?.shipmentIDs == ["\(OrderID.sample)-S1"])
        try desk.take(ShipmentDispatched.sample(shipment: 2, lines: [.sample("2", quantity: 1)]))
        #expect(desk.last(OrderPartiallyShipped.self)?.shipmentIDs.count == 2)
        #expect(desk.order()?.state == .partiallyShipped)
        try desk.take(ShipmentDispatched.sample(shipment: 3, lines: [.sample("2", quantity: 1)]))
        #expect(desk.last(OrderShipped.self)?.shipmentIDs.count == 3)
        #expect(desk.order()?.state == .shipped)
    }

    @Test func theSameDispatchAgainChangesNothing() throws {
        var desk = try Desk.confirmed(twoLines)
        try desk.take(ShipmentDispatched.sample(lines: [.sample("1")]))
        #expect(try desk.take(ShipmentDispatched.sample(lines: [.sample("1")])).changesNothing)
    }

    @Test func aParcelOnItsWayBackMovesNothing() throws {
        var desk = try Desk.confirmed()
        #expect(try desk.take(ShipmentDispatched.sample(direction: .return)).changesNothing)
    }

    @Test func aBundleIsShippedWhenAllItsPiecesHaveLeft() throws {
        var desk = try Desk()
        let listing = CatalogListing(
            channel: "wechat-mini", externalSku: "set", components: [.init(sku: "A"), .init(sku: "B", quantity: 2)])
        try desk.take(listing, on: .catalogListings, key: "wechat-mini/set")
        try desk.place(.sample(lines: [.sample(sku: "set")], paid: true))
        try desk.take(StockReserved.sample(lines: [.sample(sku: "A"), .sample(sku: "B", quantity: 2)]))
        try desk.take(ShipmentDispatched.sample(lines: [.sample(sku: "A")]))
        #expect(desk.order()?.state == .partiallyShipped)
        try desk.take(ShipmentDispatched.sample(shipment: 2, lines: [.sample(sku: "B", quantity: 2)]))
        #expect(desk.order()?.state == .shipped)
    }

    @Test func anOrderIsDeliveredWithItsLastParcel() throws {
        var desk = try Desk.confirmed(twoLines)
        try desk.take(ShipmentDispatched.sample(lines: [.sample("1")]))
        try desk.take(ShipmentDelivered.sample(lines: [.sample("1")], deliveredAt: .sample + .days(2)))
        #expect(desk.order()?.state == .partiallyShipped)
        try desk.take(ShipmentDispatched.sample(shipment: 2, lines: [.sample("2", quantity: 2)]))
        #expect(desk.order()?.state == .shipped)
        try desk.take(ShipmentDelivered.sample(shipment: 2, deliveredAt: .sample + .days(1)))
        #expect(desk.last(OrderDelivered.self)?.deliveredAt == .sample + .days(2))
    }

    @Test func aParcelThatCameBackHoldsNoDeliveryUp() throws {
        var desk = try Desk.confirmed(twoLines)
        try desk.take(ShipmentDispatched.sample(lines: [.sample("1")]))
        try desk.take(ShipmentDispatched.sample(shipment: 2, lines: [.sample("2", quantity: 2)]))
        let back = ShipmentReturned(
            orderID: .sample, shipmentID: "\(OrderID.sample)-S2", warehouse: "hangzhou", carrier: "sf", waybill: "SF2",
            lines: [.sample("2", quantity: 2)], returnedAt: .sample + .days(3))
        try desk.take(back)
        #expect(desk.order()?.state == .shipped)
        try desk.take(ShipmentDelivered.sample(lines: [.sample("1")]))
        #expect(desk.order()?.state == .delivered)
    }

    @Test func whatWasRefundedBeforeItLeftIsNotWaitedFor() throws {
        var desk = try Desk.confirmed(twoLines)
        try desk.take(ShipmentDispatched.sample(lines: [.sample("1"), .sample("2", quantity: 1)]))
        let caseID = "\(OrderID.sample)-A1"
        try desk.take(
            LinesStopped(
                orderID: .sample, requestID: caseID, stopped: [LinePieces(lineID: "2", quantity: 1)], dispatched: []))
        #expect(desk.order()?.state == .partiallyShipped)
        try desk.take(CaseRefunded.sample(lines: [RefundedLine(lineID: "2", quantity: 1, amount: 10_000)]))
        #expect(desk.order()?.state == .shipped)
    }

    @Test func aRefundOfShippedGoodsLeavesTheRestToLeave() throws {
        var desk = try Desk.confirmed(twoLines)
        try desk.take(ShipmentDispatched.sample(lines: [.sample("2", quantity: 1)]))
        try desk.take(CaseRefunded.sample(lines: [RefundedLine(lineID: "2", quantity: 1, amount: 10_000)]))
        try desk.take(ShipmentDispatched.sample(shipment: 2, lines: [.sample("1")]))
        #expect(desk.order()?.state == .partiallyShipped)
    }
}

@Suite("Receipt")
struct CompleteOrderTests {
    @Test func receiptFollowsDeliveryBySevenDays() throws {
        var desk = try Desk.shipped()
        #expect(desk.timers["auto-receipt"] == .sample + .days(10))
        try desk.take(ShipmentDelivered.sample(deliveredAt: .sample + .days(2)))
        #expect(desk.timers["auto-receipt"] == .sample + .days(9))
        try desk.fire(.autoReceipt)
        #expect(desk.last(OrderCompleted.self)?.completedAt == .sample + .days(9))
    }

    @Test(arguments: [ChannelOrder.Delivery.pickup, .local, .virtual])
    func whatNeedsNoExpressIsReceivedAfterTwoDays(delivery: ChannelOrder.Delivery) throws {
        let desk = try Desk.shipped(.sample(paid: true, delivery: delivery))
        #expect(desk.timers["auto-receipt"] == .sample + .days(2))
    }

    @Test func aPlatformsClockIsItsOwn() throws {
        let desk = try Desk.shipped(.sample(paid: true), .sample(clocks: .platform))
        #expect(desk.timers.isEmpty)
    }

    /// Delivered on 24 November at 23:00 in Shanghai, and an hour later.
    @Test(
        arguments: [
            (Duration.hours(55), 9), (.hours(56), 10),
        ] as [(Duration, Int64)])
    func theWindowEndsWithTheSeventhDayAfterTheDayOfDelivery(after: Duration, days: Int64) throws {
        var desk = try Desk.shipped()
        try desk.take(ShipmentDelivered.sample(deliveredAt: .sample + after))
        try desk.fire(.autoReceipt)
        let endOfToday = Instant.sample + .hours(8)
        #expect(desk.last(OrderCompleted.self)?.afterSalesUntil == endOfToday + .days(days))
    }

    @Test func theBuyersWordCompletesAtOnce() throws {
        var desk = try Desk.shipped()
        desk.now = .sample + .days(1)
        try desk.take(received, on: .channelOrders)
        #expect(desk.last(OrderCompleted.self)?.completedAt == .sample + .days(1))
        #expect(desk.timers.isEmpty)
    }

    @Test func aWordThatComesBeforeTheGoodsIsRemembered() throws {
        var desk = try Desk.confirmed()
        try desk.take(received, on: .channelOrders)
        #expect(desk.order()?.state == .paid)
        try desk.take(ShipmentDispatched.sample())
        #expect(Array(desk.story.suffix(2)) == ["OrderShipped", "OrderCompleted"])
        #expect(desk.timers.isEmpty)
    }

    @Test func anOpenCaseStopsTheClock() throws {
        var desk = try Desk.shipped()
        try desk.take(ShipmentDelivered.sample())
        desk.now = .sample + .days(3)
        try desk.take(CaseOpened.sample())
        #expect(desk.timers.isEmpty)
        #expect(desk.order()?.receipt == .paused(left: .days(4)))
        try desk.take(CaseOpened.sample(number: 2))
        desk.now = .sample + .days(20)
        try desk.take(closed(1))
        #expect(desk.timers.isEmpty)
        desk.now = .sample + .days(21)
        try desk.take(closed(2))
        #expect(desk.timers["auto-receipt"] == .sample + .days(25))
    }

    @Test func aDeliveryWhileACaseIsOpenStartsNoTimer() throws {
        var desk = try Desk.shipped()
        try desk.take(CaseOpened.sample())
        try desk.take(ShipmentDelivered.sample(deliveredAt: .sample + .days(1)))
        #expect(desk.timers.isEmpty)
        #expect(desk.order()?.receipt == .paused(left: .days(8)))
    }

    @Test func aCaseThatEndedBeforeItOpenedStopsNothing() throws {
        var desk = try Desk.shipped()
        try desk.take(closed(1))
        try desk.take(CaseOpened.sample())
        #expect(desk.timers["auto-receipt"] != nil)
    }

    private let received = ChannelOrderReceived(
        channel: "wechat-mini", externalOrderID: "WX-1001", receivedAt: .sample + .hours(1))

    private func closed(_ number: Int) -> CaseClosed {
        CaseClosed(orderID: .sample, caseID: "\(OrderID.sample)-A\(number)", outcome: .rejected, closedAt: .sample)
    }
}
