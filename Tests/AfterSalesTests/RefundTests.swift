import AfterSalesDomain
import Contracts
import Support
import Testing

@testable import AfterSales

@Suite("Refunds")
struct RefundTests {
    @Test func theLastPriceIsWhatComesBack() throws {
        let desk = try Desk()
        func revise(_ paid: Int64, version: Int64) throws {
            let line = PlacedLine.sample(unitPrice: paid)
            try desk.tell(
                OrderRevised(
                    orderID: desk.orderID, cause: .price, reservation: 1, weightGrams: 1, lines: [line],
                    goodsTotal: paid, freight: 0, total: paid, receivable: paid, reason: "haggled",
                    revisedAt: .sample, version: version))
        }
        try revise(7000, version: 3)
        try revise(6000, version: 2)
        try desk.pay(amount: 7000)
        try desk.request()
        try desk.stop(dispatched: false)
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [7000])
    }

    @Test func theSameResultTwiceSettlesOnce() throws {
        let desk = try Desk.paid()
        try desk.request()
        try desk.stop(dispatched: false)
        try desk.answerRefund()
        let story = desk.story
        try desk.answerRefund()
        try desk.answerRefund(1, .failed)
        #expect(desk.story == story)
        #expect(desk.account.refunds.map(\.state) == [.settled])
    }

    @Test func aFailedRefundStaysOwedAndMaySettleLater() throws {
        let desk = try Desk.paid()
        try desk.request()
        try desk.stop(dispatched: false)
        try desk.answerRefund(1, .failed)
        try desk.answerRefund(1, .failed)
        #expect(desk.story.filter { $0 == "RefundFailed" }.count == 1)
        #expect(desk.account.cases[0].state == .refunding)
        #expect(desk.account.pending == 10_000)
        try desk.answerRefund()
        #expect(desk.story.suffix(3) == ["RefundSettled", "CaseRefunded", "CaseClosed"])
    }

    @Test func oneCaseIsPaidBackOnSeveralPayments() throws {
        let desk = try Desk()
        try desk.tell(
            PaymentShort(orderID: desk.orderID, paymentID: "P-1", amount: 4000, missing: 6000, reason: "short"))
        try desk.pay("P-2", amount: 10_000)
        try desk.request()
        try desk.stop(dispatched: false)
        let dues = desk.harness.facts(RefundDue.self)
        #expect(dues.map(\.paymentID) == ["P-1", "P-2"])
        #expect(dues.map(\.amount) == [4000, 6000])
        try desk.answerRefund(2)
        #expect(!desk.story.contains("CaseRefunded"))
        try desk.answerRefund(1)
        #expect(desk.harness.facts(CaseRefunded.self).map(\.amount) == [10_000])
    }

    @Test func cancellingAfterAPartRefundPaysTheRestOnce() throws {
        let desk = try Desk.paid(.sample(lines: [.sample(quantity: 2)], freight: 800))
        try desk.request(quantity: 1)
        try desk.stop(dispatched: false)
        try desk.request("AS-2", quantity: 1)
        try desk.tell(OrderCancelled(orderID: desk.orderID, reason: .buyer, cancelledAt: .sample, refundDue: 20_800))
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [10_000, 10_800])
        #expect(desk.account.cases.map(\.state) == [.refunding, .rejected])
        #expect(desk.account.available == 0)
        try desk.stop("\(desk.orderID)-A2", dispatched: false)
        #expect(desk.harness.facts(RefundDue.self).count == 2)
    }

    @Test func aShortPaymentGoesBackAndALaterOneReinstatesTheOrder() throws {
        let desk = try Desk()
        try desk.tell(
            PaymentShort(orderID: desk.orderID, paymentID: "P-1", amount: 4000, missing: 6000, reason: "short"))
        try desk.tell(
            OrderCancelled(orderID: desk.orderID, reason: .paymentTimeout, cancelledAt: .sample, refundDue: 4000))
        try desk.tell(
            OrderReinstated(
                orderID: desk.orderID, reservation: 2, paymentID: "P-2", amount: 10_000, reinstatedAt: .sample))
        #expect(!desk.account.isCancelled)
        try desk.tell(
            OrderCancelled(orderID: desk.orderID, reason: .noStock, cancelledAt: .sample, refundDue: 10_000))
        let dues = desk.harness.facts(RefundDue.self)
        #expect(dues.map(\.amount) == [4000, 10_000])
        #expect(dues.map(\.paymentID) == ["P-1", "P-2"])
        #expect(desk.account.available == 0)
    }

    @Test func goodsThatCostNothingCloseTheirCaseAtOnce() throws {
        let desk = try Desk(.sample(lines: [.sample(unitPrice: 0)]))
        try desk.pay("zero", amount: 0)
        try desk.request()
        try desk.stop(dispatched: false)
        #expect(desk.story == ["CaseOpened", "CaseApproved", "CaseRefunded", "CaseClosed"])
        #expect(desk.harness.facts(RefundDue.self).isEmpty)
    }

    @Test func aPayoutsResultIsNoneOfOurs() throws {
        let desk = try Desk.paid()
        desk.harness.publish(
            PayoutResult(payoutID: "M1-P1", status: .succeeded, at: .sample), on: .paymentResults, key: "M1-P1")
        try desk.harness.settle()
        #expect(desk.faults.isEmpty)
        #expect(desk.story.isEmpty)
    }

    @Test func aResultForNoRefundIsADeadLetter() throws {
        let desk = try Desk.paid()
        try desk.answerRefund(5)
        #expect(desk.faults == ["\(desk.orderID)-R5 is no refund of ours"])
    }

    @Test func aRequestAndTheDispatchMeetInEitherOrder() throws {
        let first = try Desk.paid(.sample(freight: 800))
        try first.request()
        try first.dispatch()
        try first.stop(dispatched: true)
        let second = try Desk.paid(.sample(freight: 800))
        try second.dispatch()
        try second.request()
        try second.stop(dispatched: true)
        for desk in [first, second] {
            let orderID = desk.orderID
            let caseID = desk.caseID
            _ = try desk.command { ApproveCase(head: $0, orderID: orderID, caseID: caseID) }
            #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [10_000])
            #expect(desk.account.available == 800)
        }
    }

    @Test func aStopAndTheWithdrawalMeetInEitherOrder() throws {
        let first = try Desk.paid()
        try first.request()
        try first.withdraw()
        try first.stop(dispatched: false)
        #expect(first.account.cases[0].state == .withdrawn)
        #expect(first.account.pending == 0)
        let second = try Desk.paid()
        try second.request()
        try second.stop(dispatched: false)
        try second.withdraw()
        #expect(second.account.cases[0].state == .refunding)
        #expect(second.account.pending == 10_000)
    }
}
