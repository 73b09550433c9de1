import AfterSalesDomain
import Contracts
import Support
import Testing

@testable import AfterSales

@Suite("Orders whose platform decides")
struct PlatformTests {
    static func opened() throws -> Desk {
        let desk = try Desk.paid(followsPlatform: true)
        try desk.request(kind: .return)
        return desk
    }

    @Test func aCaseIsOpenedAndLeftToThePlatform() throws {
        let desk = try Self.opened()
        try desk.stop(dispatched: false)
        try desk.harness.advance(by: .days(30))
        #expect(desk.story == ["CaseOpened"])
        #expect(desk.clocks.isEmpty)
    }

    @Test func itsRefundIsBookedAndNeverPaidByUs() throws {
        let desk = try Self.opened()
        try desk.decideAsPlatform(.refunded, amount: 9000)
        try desk.decideAsPlatform(.refunded, amount: 9000)
        #expect(desk.story == ["CaseOpened", "CaseRefunded", "CaseClosed"])
        #expect(desk.harness.facts(CaseRefunded.self).first?.lines.map(\.amount) == [9000])
        #expect(desk.account.refunded == 9000)
    }

    @Test(arguments: [
        (AfterSalesResult.Status.rejected, CaseOutcome.rejected), (.withdrawn, .withdrawn),
    ])
    func itsRefusalEndsTheCase(status: AfterSalesResult.Status, outcome: CaseOutcome) throws {
        let desk = try Self.opened()
        try desk.decideAsPlatform(status)
        #expect(desk.harness.facts(CaseClosed.self).map(\.outcome) == [outcome])
        #expect(desk.account.refunded == 0)
    }

    @Test func moreThanWasPaidIsADeadLetter() throws {
        let desk = try Self.opened()
        try desk.decideAsPlatform(.refunded, amount: 10_001)
        #expect(desk.faults.count == 1)
        #expect(desk.account.refunded == 0)
    }

    @Test func goodsThatComeBackAreReported() throws {
        let desk = try Self.opened()
        try desk.ship()
        try desk.inspect()
        #expect(desk.story == ["CaseOpened", "CaseGoodsShipped", "CaseGoodsReceived", "CaseInspected"])
        #expect(desk.clocks.isEmpty)
    }

    @Test func neitherCancellationNorExcessIsPaidByUs() throws {
        let desk = try Desk.paid(followsPlatform: true)
        try desk.tell(
            PaymentExcess(orderID: desk.orderID, paymentID: "P-2", amount: 500, excess: 500, reason: "twice"))
        try desk.tell(
            OrderCancelled(orderID: desk.orderID, reason: .platform, cancelledAt: .sample, refundDue: 10_000))
        #expect(desk.story.isEmpty)
    }

    @Test func anOperatorCannotDecideIt() throws {
        let desk = try Self.opened()
        let orderID = desk.orderID
        let caseID = desk.caseID
        #expect(try desk.command { ApproveCase(head: $0, orderID: orderID, caseID: caseID) } == .refused)
        #expect(desk.account.cases[0].state == .requested)
    }
}
