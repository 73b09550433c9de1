import Contracts
import Support
import Testing

@testable import IntakeDomain

@Suite("Channels whose platform decides")
struct PlatformTests {
    static let channel = CatalogChannel.sample(
        money: .platform, clocks: .platform, afterSales: .platform)

    /// Ways through an order's life, each with the last fact of it.
    static let lives: [(events: [WalkEvent], last: String)] = [
        ([], "OrderPlaced"), ([.payPart], "PaymentShort"), ([.payWhole, .payTooMuch], "PaymentExcess"),
        ([.payPart, .buyerCancels], "OrderCancelled"), ([.payWhole, .operatorCancels], "CommandAnswered"),
        ([.payWhole, .reject], "OrderCancelled"),
        ([.payWhole, .reserve, .buyerCancels, .answerStop], "OrderCancelled"),
        ([.payWhole, .reserve, .dispatchFirst, .dispatchSecond], "OrderShipped"),
        (
            [.payWhole, .reserve, .dispatchFirst, .dispatchSecond, .openCase, .deliverFirst, .deliverSecond, .endCase],
            "OrderDelivered"
        ),
        ([.payWhole, .reserve, .dispatchFirst, .dispatchSecond, .receive], "OrderCompleted"),
    ]

    @Test(arguments: PlatformTests.lives.indices)
    func noClockOfOursRunsAndNoMoneyIsOursToReturn(index: Int) throws {
        let life = Self.lives[index]
        var desk = try Desk(Self.channel)
        try desk.place(.sample(lines: [.sample(quantity: 2, unitPrice: 5000)]))
        #expect(desk.timers.isEmpty)
        for event in life.events {
            try desk.take(event)
            #expect(desk.timers.isEmpty, "after \(event)")
        }
        #expect(desk.story.last == life.last)
        #expect(desk.told.allSatisfy { ($0 as? OrderCancelled)?.refundDue ?? 0 == 0 })
        #expect(desk.order()?.account.returned == 0)
    }

    @Test func theBuyersCancelIsThePlatforms() throws {
        var desk = try Desk(Self.channel)
        try desk.place(.sample(paid: true))
        try desk.take(.buyerCancels)
        #expect(desk.last(OrderCancelled.self)?.reason == .platform)
    }

    @Test func receiptIsThePlatformsToSay() throws {
        var desk = try Desk.shipped(.sample(paid: true), Self.channel)
        let answer = try desk.command(ConfirmReceipt(head: .sample(), orderID: .sample))
        #expect(answer?.reason == "the platform says when the goods are received")
        #expect(desk.order()?.state == .shipped)
    }
}
