import AfterSalesDomain
import Contracts
import Support
import Testing

@testable import AfterSales

@Suite("A case from request to money")
struct MainPathTests {
    @Test func anUnshippedRefundIsApprovedByFulfilmentsAnswer() throws {
        let desk = try Desk.paid(.sample(lines: [.sample(quantity: 2)], freight: 800))
        try desk.request(quantity: 2)
        #expect(desk.story == ["CaseOpened"])
        try desk.stop(dispatched: false)
        #expect(desk.story == ["CaseOpened", "CaseApproved", "RefundDue"])
        try desk.answerRefund()
        #expect(desk.story.dropFirst(3) == ["RefundSettled", "CaseRefunded", "CaseClosed"])
        let due = try #require(desk.harness.facts(RefundDue.self).first)
        #expect(due.amount == 20_800)
        #expect(due.paymentID == "P-1")
        #expect(due.caseID == desk.caseID)
        #expect(desk.harness.facts(CaseApproved.self).map(\.rule) == ["unshipped"])
        let refunded = try #require(desk.harness.facts(CaseRefunded.self).first)
        #expect(refunded.lines == [RefundedLine(lineID: "1", quantity: 2, amount: 20_000)])
        #expect(refunded.freight == 800)
        #expect(desk.account.available == 0)
        #expect(desk.account.refunded == 20_800)
    }

    @Test func aReturnIsPaidBackAfterItsInspection() throws {
        let desk = try Desk.paid(.sample(lines: [.sample(quantity: 2)], freight: 800))
        try desk.dispatch([.sample(quantity: 2)])
        try desk.request(kind: .return, quantity: 2)
        try desk.stop(dispatched: true)
        #expect(desk.story == ["CaseOpened"])
        try desk.harness.advance(by: .days(2))
        #expect(desk.story == ["CaseOpened", "CaseApproved"])
        try desk.ship()
        #expect(desk.account.cases[0].state == .goodsInTransit)
        try desk.inspect(1)
        #expect(desk.story.dropFirst(2) == ["CaseGoodsShipped", "CaseGoodsReceived", "CaseInspected", "RefundDue"])
        try desk.answerRefund()
        let refunded = try #require(desk.harness.facts(CaseRefunded.self).first)
        #expect(refunded.lines == [RefundedLine(lineID: "1", quantity: 1, amount: 10_000)])
        #expect(refunded.freight == 0)
        #expect(desk.account.cases[0].state == .closed)
        #expect(desk.clocks.isEmpty)
    }

    @Test func aCancelledOrderIsPaidBackWithoutACase() throws {
        let desk = try Desk.paid()
        try desk.tell(
            OrderCancelled(orderID: desk.orderID, reason: .noStock, cancelledAt: .sample, refundDue: 10_000))
        try desk.answerRefund()
        #expect(desk.story == ["RefundDue", "RefundSettled"])
        #expect(desk.harness.facts(RefundDue.self).map(\.caseID) == [nil])
        #expect(desk.account.available == 0)
    }

    @Test func moneyTooMuchGoesBackOnItsOwnPayment() throws {
        let desk = try Desk.paid()
        try desk.tell(
            PaymentExcess(
                orderID: desk.orderID, paymentID: "P-2", amount: 10_000, excess: 10_000, reason: "second payment"))
        let due = try #require(desk.harness.facts(RefundDue.self).first)
        #expect(due.paymentID == "P-2")
        #expect(due.amount == 10_000)
        #expect(desk.account.paid == 20_000)
        #expect(desk.account.available == 10_000)
    }
}
