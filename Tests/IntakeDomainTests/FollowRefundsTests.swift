import Contracts
import IntakeDomain
import Support
import Testing

@Suite("Refunds")
struct FollowRefundsTests {
    @Test func aRefundCountsOnceWhicheverFactComesFirst() throws {
        let settled = RefundSettled(
            refundID: "\(OrderID.sample)-R1", orderID: .sample, caseID: "\(OrderID.sample)-A1", amount: 4000,
            currency: "CNY", settledAt: .sample)
        let refunded = CaseRefunded.sample(lines: [RefundedLine(lineID: "1", quantity: 1, amount: 4000)])
        var first = try Desk.shipped(.sample(lines: [.sample(quantity: 2)], paid: true))
        try first.take(settled)
        try first.take(refunded)
        var second = try Desk.shipped(.sample(lines: [.sample(quantity: 2)], paid: true))
        try second.take(refunded)
        try second.take(settled)
        #expect(first.order() == second.order())
        #expect(first.story == second.story)
        #expect(first.last(OrderRefundStatusChanged.self)?.status == .partial)
        #expect(first.last(OrderRefundStatusChanged.self)?.refunded == 4000)
        #expect(try second.take(settled).changesNothing)
        #expect(try second.take(refunded).changesNothing)
    }

    @Test func allMoneyBackIsAFullRefund() throws {
        var desk = try Desk.shipped()
        try desk.take(CaseRefunded.sample())
        #expect(desk.last(OrderRefundStatusChanged.self)?.status == .full)
        #expect(desk.order()?.state == .shipped)
    }

    @Test func anOrderRefundedWholeBeforeItLeftIsCancelled() throws {
        var desk = try Desk.confirmed()
        try desk.take(CaseRefunded.sample())
        #expect(desk.last(OrderCancelled.self)?.reason == .refunded)
        #expect(desk.last(OrderCancelled.self)?.refundDue == 0)
    }

    @Test func excessThatGoesBackIsNoRefundOfTheOrder() throws {
        var desk = try Desk()
        try desk.place(.sample())
        try desk.take(ChannelPayment.sample(amount: 10_500))
        #expect(try desk.take(settledAside(500)).facts.isEmpty)
        #expect(desk.order()?.account.refundStatus == RefundStatus.none)
    }

    @Test func theMoneyOfACancelledOrderIsRefunded() throws {
        var desk = try Desk()
        try desk.place(.sample(paid: true))
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        try desk.take(settledAside(10_000))
        #expect(desk.last(OrderRefundStatusChanged.self)?.status == .full)
    }

    private func settledAside(_ amount: Int64) -> RefundSettled {
        RefundSettled(
            refundID: "\(OrderID.sample)-R9", orderID: .sample, amount: amount, currency: "CNY", settledAt: .sample)
    }
}
