import Contracts
import IntakeDomain
import Support
import Testing

@Suite("Cancelling orders")
struct CancelOrderTests {
    @Test(arguments: [(false, 0), (true, 10_000)] as [(Bool, Int64)])
    func whatIsNotConfirmedIsCancelledAtOnce(paid: Bool, refundDue: Int64) throws {
        var desk = try Desk()
        try desk.place(.sample(paid: paid))
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        #expect(desk.last(OrderCancelled.self)?.reason == .buyer)
        #expect(desk.last(OrderCancelled.self)?.refundDue == refundDue)
        #expect(desk.timers.isEmpty)
    }

    @Test func aConfirmedOrderAsksFulfilmentFirst() throws {
        var desk = try Desk.confirmed()
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        #expect(desk.last(OrderCancelRequested.self)?.requestID == "\(OrderID.sample)-C1")
        #expect(desk.order()?.state == .paid)
    }

    @Test func whatNobodyHasSentIsCancelled() throws {
        var desk = try Desk.confirmed()
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        try desk.take(stopped())
        #expect(desk.last(OrderCancelled.self)?.refundDue == 10_000)
        #expect(desk.order()?.state == .cancelled)
    }

    @Test func whatHasLeftGoesOn() throws {
        var desk = try Desk.confirmed()
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        try desk.take(stopped(dispatched: [LinePieces(lineID: "1", quantity: 1, shipmentID: "S1")]))
        #expect(desk.story.last == "OrderCancelRefused")
        #expect(desk.order()?.state == .paid)
    }

    @Test func anAnswerToAnotherQuestionCancelsNothing() throws {
        var desk = try Desk.confirmed()
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        #expect(try desk.take(stopped(requestID: "\(OrderID.sample)-C2")).changesNothing)
    }

    @Test func theSameWishAgainAsksOnce() throws {
        var desk = try Desk.confirmed()
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        #expect(try desk.take(ChannelOrderCancel.sample(), on: .channelOrders).changesNothing)
    }

    @Test func aWishThatComesTooLateIsRefusedOnce() throws {
        var desk = try Desk.shipped()
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        #expect(desk.last(OrderCancelRefused.self)?.reason == "the order has left already")
        #expect(try desk.take(ChannelOrderCancel.sample(), on: .channelOrders).changesNothing)
        try desk.take(ChannelOrderCancel.sample(requestedAt: .sample + .hours(1)), on: .channelOrders)
        #expect(desk.last(OrderCancelRefused.self)?.requestID == "\(OrderID.sample)-C2")
    }

    @Test func aWishThatWasRefusedMayBeRepeatedLater() throws {
        var desk = try Desk.confirmed()
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        try desk.take(stopped(dispatched: [LinePieces(lineID: "1", quantity: 1)]))
        try desk.take(ChannelOrderCancel.sample(requestedAt: .sample + .hours(1)), on: .channelOrders)
        #expect(desk.last(OrderCancelRequested.self)?.requestID == "\(OrderID.sample)-C2")
    }

    @Test func aCancelWithoutItsOrderWaits() throws {
        var desk = try Desk()
        let wait = try desk.take(ChannelOrderCancel.sample(), on: .channelOrders).wait
        #expect(wait?.key == .external("wechat-mini", "WX-1001"))
    }

    @Test func moneyThatAPlatformHoldsIsNotOursToReturn() throws {
        var desk = try Desk(.sample(money: .platform))
        try desk.place(.sample(paid: true))
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        #expect(desk.last(OrderCancelled.self)?.reason == .platform)
        #expect(desk.last(OrderCancelled.self)?.refundDue == 0)
    }

    private func stopped(requestID: String = "\(OrderID.sample)-C1", dispatched: [LinePieces] = []) -> LinesStopped {
        LinesStopped(
            orderID: .sample, requestID: requestID,
            stopped: dispatched.isEmpty ? [LinePieces(lineID: "1", quantity: 1)] : [], dispatched: dispatched)
    }
}

@Suite("Answers of inventory")
struct FollowStockTests {
    @Test func stockAndMoneyConfirmInEitherOrder() throws {
        var first = try Desk()
        try first.place(.sample())
        try first.take(StockReserved.sample())
        #expect(first.last(OrderConfirmed.self) == nil)
        try first.take(ChannelPayment.sample())
        var second = try Desk()
        try second.place(.sample())
        try second.take(ChannelPayment.sample())
        try second.take(StockReserved.sample())
        #expect(first.last(OrderConfirmed.self) == second.last(OrderConfirmed.self))
        #expect(first.order() == second.order())
        #expect(first.last(OrderConfirmed.self)?.allocations.map(\.warehouse) == ["hangzhou"])
    }

    @Test func anOrderIsConfirmedOnce() throws {
        var desk = try Desk.confirmed()
        #expect(try desk.take(StockReserved.sample()).changesNothing)
    }

    @Test func withoutStockTheMoneyGoesBack() throws {
        var desk = try Desk()
        try desk.place(.sample(paid: true))
        try desk.take(StockRejected(orderID: .sample, reservation: 1, shortages: []))
        #expect(desk.last(OrderCancelled.self)?.reason == .noStock)
        #expect(desk.last(OrderCancelled.self)?.refundDue == 10_000)
        #expect(desk.order()?.stock == .rejected)
    }

    @Test(arguments: [0, 2] as [Int64])
    func anotherReservationChangesNothing(reservation: Int64) throws {
        var desk = try Desk()
        try desk.place(.sample())
        #expect(try desk.take(StockReserved.sample(reservation: reservation)).changesNothing)
        let rejected = StockRejected(orderID: .sample, reservation: reservation, shortages: [])
        #expect(try desk.take(rejected).changesNothing)
    }

    @Test func aBackorderWaitsForItsGoods() throws {
        var desk = try Desk()
        try desk.place(.sample(paid: true))
        try desk.take(StockBackordered(orderID: .sample, reservation: 1, allocations: [], missing: [.sample()]))
        #expect(desk.order()?.stock == .backordered)
        #expect(desk.last(OrderConfirmed.self) == nil)
        try desk.take(StockReserved.sample())
        #expect(desk.last(OrderConfirmed.self) != nil)
    }

    @Test func aCancelledOrderTakesNoStock() throws {
        var desk = try Desk()
        try desk.place(.sample())
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        #expect(try desk.take(StockReserved.sample()).changesNothing)
    }
}
