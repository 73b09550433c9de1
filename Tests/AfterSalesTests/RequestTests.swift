import AfterSalesDomain
import Contracts
import Support
import Testing

@testable import AfterSales

@Suite("Requests")
struct RequestTests {
    @Test func aRequestWaitsForItsOrderAndThenForItsPayment() throws {
        let other = OrderPlaced.sample(externalOrderID: "WX-2")
        let desk = try Desk()
        desk.harness.publish(
            AfterSalesRequest.sample(externalOrderID: "WX-2", kind: .refund), on: .channelAfterSales,
            key: "wechat-mini/WX-2")
        try desk.harness.settle()
        #expect(desk.waitingKeys == ["external:wechat-mini/WX-2"])
        try desk.tell(other)
        #expect(desk.waitingKeys == ["ready:\(other.orderID)"])
        try desk.tell(OrderPaid(orderID: other.orderID, paymentID: "P-2", amount: other.total, paidAt: .sample))
        try desk.harness.advance(by: .seconds(5))
        #expect(desk.waitingKeys.isEmpty)
        #expect(desk.story == ["CaseOpened"])
    }

    @Test func aMessageAboutAWaitingRequestIsHeardAfterIt() throws {
        let desk = try Desk()
        try desk.request(kind: .return)
        try desk.withdraw()
        #expect(desk.waitingKeys.count == 2)
        try desk.pay()
        try desk.harness.advance(by: .seconds(5))
        #expect(desk.story == ["CaseOpened", "CaseWithdrawn", "CaseClosed"])
    }

    @Test func anOrderWaitsForItsChannel() throws {
        let desk = try Desk()
        let other = OrderPlaced.sample(channel: "late", externalOrderID: "L-1")
        try desk.tell(other)
        #expect(desk.waitingKeys == ["channel:late"])
        desk.harness.publish(CatalogChannel.sample(channel: "late"), on: .catalogChannels, key: "late")
        try desk.harness.settle()
        #expect(desk.waitingKeys.isEmpty)
        #expect(desk.knows(other.orderID))
    }

    @Test func theSameCaseAgainChangesNothing() throws {
        let desk = try Desk.paid()
        try desk.request("AS-1")
        try desk.request("AS-1")
        #expect(desk.account.cases.count == 1)
        #expect(desk.story == ["CaseOpened"])
    }

    @Test(arguments: [
        (AfterSalesRequest.Kind.exchange, Int64(3), Int64?.none, "units-exceed-remaining"),
        (.priceAdjustment, 1, nil, "no-amount"), (.refund, 3, nil, "units-exceed-remaining"),
        (.refund, 1, 10_001, "amount-above-share"),
    ])
    func whatCannotBeGrantedIsOpenedAndRejected(
        kind: AfterSalesRequest.Kind, quantity: Int64, amount: Int64?, reason: String
    ) throws {
        let desk = try Desk.paid(.sample(lines: [.sample(quantity: 2)]))
        try desk.request(kind: kind, quantity: quantity, amount: amount)
        #expect(desk.story == ["CaseOpened", "CaseRejected", "CaseClosed"])
        #expect(desk.harness.facts(CaseRejected.self).map(\.reason) == [reason])
        try desk.request("AS-2", quantity: 2)
        #expect(desk.account.cases[1].state == .requested)
    }

    @Test func aReturnOfMoneyOnlyIsRejected() throws {
        let desk = try Desk.paid()
        try desk.request(kind: .return, line: nil, amount: 100)
        #expect(desk.harness.facts(CaseRejected.self).map(\.reason) == ["no-lines"])
    }

    @Test func unitsOfAnOpenCaseCannotBeAskedForAgain() throws {
        let desk = try Desk.paid(.sample(lines: [.sample(quantity: 2)]))
        try desk.request("AS-1", quantity: 1)
        try desk.request("AS-2", quantity: 2)
        #expect(desk.account.cases.map(\.state) == [.requested, .rejected])
        try desk.withdraw()
        try desk.request("AS-3", quantity: 2)
        #expect(desk.account.cases.map(\.state) == [.withdrawn, .rejected, .requested])
    }

    @Test func aRequestForACancelledOrderIsRejected() throws {
        let desk = try Desk.paid()
        try desk.tell(OrderCancelled(orderID: desk.orderID, reason: .buyer, cancelledAt: .sample, refundDue: 10_000))
        try desk.request()
        #expect(desk.harness.facts(CaseRejected.self).map(\.reason) == ["order-cancelled"])
    }

    @Test func anImportedOrderIsNoLongerServed() throws {
        let desk = try Desk(.sample(historical: true))
        try desk.request()
        #expect(desk.harness.facts(CaseRejected.self).map(\.reason) == ["historical-order"])
    }

    @Test func nothingGoesBackToWhoPaysAtTheDoorAndHasNot() throws {
        let desk = try Desk(.sample(paymentTerms: .cashOnDelivery))
        try desk.request()
        #expect(desk.harness.facts(CaseRejected.self).map(\.reason) == ["nothing-paid"])
    }

    @Test func anUnknownLineIsADeadLetter() throws {
        let desk = try Desk.paid()
        try desk.request(line: "9")
        #expect(desk.faults == ["9 is no line of the order"])
        #expect(desk.account.cases.isEmpty)
    }

    @Test func aGiftGoesBackWithTheLastOfItsLine() throws {
        let lines = [PlacedLine.sample(quantity: 2), .sample("2", sku: "GIFT", quantity: 1, giftOf: "1")]
        let desk = try Desk.paid(.sample(lines: lines, freight: 800))
        try desk.request("AS-1", quantity: 1)
        try desk.request("AS-2", quantity: 1)
        #expect(desk.account.cases.map { $0.lines.count } == [1, 2])
        #expect(desk.account.cases.map(\.amount) == [10_000, 10_800])
    }
}
