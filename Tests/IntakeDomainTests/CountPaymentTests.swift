import Contracts
import IntakeDomain
import Support
import Testing

@Suite("Counting payments")
struct CountPaymentTests {
    /// What a payment does to an order of 10,000 that nobody has paid yet.
    @Test(
        arguments: [
            (9999, ["PaymentShort"], OrderState.pendingPayment, 9999, 0),
            (10_000, ["OrderPaid"], .paid, 10_000, 0),
            (10_001, ["OrderPaid", "PaymentExcess"], .paid, 10_000, 1),
            (0, ["PaymentShort"], .pendingPayment, 0, 0),
        ] as [(Int64, [String], OrderState, Int64, Int64)])
    func onePayment(amount: Int64, story: [String], state: OrderState, paid: Int64, excess: Int64) throws {
        var desk = try Desk()
        try desk.place(.sample())
        try desk.take(ChannelPayment.sample(amount: amount))
        #expect(Array(desk.story.dropFirst()) == story)
        #expect(desk.order()?.state == state)
        #expect(desk.order()?.account.paid == paid)
        #expect(desk.order()?.account.excess == excess)
    }

    @Test func shortPaymentsAddUp() throws {
        var desk = try Desk()
        try desk.place(.sample())
        try desk.take(ChannelPayment.sample(paymentID: "P-1", amount: 4000))
        #expect(desk.last(PaymentShort.self)?.missing == 6000)
        try desk.take(ChannelPayment.sample(paymentID: "P-2", amount: 6000))
        #expect(desk.last(OrderPaid.self)?.amount == 10_000)
        #expect(desk.timers.isEmpty)
    }

    @Test func theSamePaymentAgainChangesNothing() throws {
        var desk = try Desk()
        try desk.place(.sample())
        try desk.take(ChannelPayment.sample())
        #expect(try desk.take(ChannelPayment.sample()).changesNothing)
    }

    @Test func theSamePaymentWithAnotherAmountIsAFault() throws {
        var desk = try Desk()
        try desk.place(.sample())
        try desk.take(ChannelPayment.sample(amount: 4000))
        #expect(fault { try desk.take(ChannelPayment.sample(amount: 5000)) }?.field == "amount")
    }

    @Test func aSecondPaymentGoesBackWhole() throws {
        var desk = try Desk()
        try desk.place(.sample(paid: true))
        try desk.take(ChannelPayment.sample(paymentID: "P-2", amount: 300))
        #expect(desk.last(PaymentExcess.self)?.excess == 300)
        #expect(desk.order()?.account.paid == 10_000)
    }

    @Test func aFailedPaymentChangesNothing() throws {
        var desk = try Desk()
        try desk.place(.sample())
        #expect(try desk.take(ChannelPayment.sample(status: .failed)).changesNothing)
    }

    @Test func aFailedPaymentDoesNotWaitForItsOrder() throws {
        var desk = try Desk()
        #expect(try desk.take(ChannelPayment.sample(status: .failed)).changesNothing)
    }

    @Test func aPaymentMayFollowAFailedOneOfTheSameName() throws {
        var desk = try Desk()
        try desk.place(.sample())
        try desk.take(ChannelPayment.sample(status: .failed))
        try desk.take(ChannelPayment.sample())
        #expect(desk.order()?.state == .paid)
    }

    @Test func anotherCurrencyIsAFault() throws {
        var desk = try Desk()
        try desk.place(.sample())
        let payment = ChannelPayment(
            channel: "wechat-mini", externalOrderID: "WX-1001", paymentID: "P-1", status: .succeeded, amount: 10_000,
            currency: "USD")
        #expect(fault { try desk.take(payment) }?.field == "currency")
    }

    @Test func aPaymentWithoutItsOrderWaitsSevenDays() throws {
        var desk = try Desk()
        let wait = try desk.take(ChannelPayment.sample()).wait
        #expect(wait?.key == .external("wechat-mini", "WX-1001"))
        #expect(wait?.patience == .days(7))
    }

    @Test func theMessagesTimeCountsWhenThePaymentHasNone() throws {
        var desk = try Desk()
        try desk.place(.sample())
        desk.now = .sample + .minutes(5)
        try desk.take(ChannelPayment.sample(paidAt: nil))
        #expect(desk.last(OrderPaid.self)?.paidAt == .sample + .minutes(5))
    }

    @Test func severalTendersOfTheOrderCountTogether() throws {
        var desk = try Desk()
        let order = ChannelOrder(
            channel: "wechat-mini", externalOrderID: "WX-1001", placedAt: .sample, lines: [.sample()], total: 10_000,
            payments: [
                .sample(paymentID: "card", amount: 7000), .sample(paymentID: "bad", status: .failed, amount: 500),
                .sample(paymentID: "points", amount: 3000),
            ])
        try desk.place(order)
        #expect(desk.story == ["OrderPlaced", "PaymentShort", "OrderPaid"])
        #expect(desk.timers.isEmpty)
    }
}

@Suite("Payments of cancelled orders")
struct LatePaymentTests {
    /// A desk whose order ran into its timeout after 4,000 of 10,000.
    private func timedOut() throws -> Desk {
        var desk = try Desk()
        try desk.place(.sample())
        try desk.take(ChannelPayment.sample(paymentID: "P-0", amount: 4000))
        try desk.fire(.paymentTimeout)
        return desk
    }

    @Test func aTimeoutReturnsTheShortPayments() throws {
        let desk = try timedOut()
        #expect(desk.last(OrderCancelled.self)?.reason == .paymentTimeout)
        #expect(desk.last(OrderCancelled.self)?.refundDue == 4000)
        #expect(desk.last(OrderCancelled.self)?.cancelledAt == .sample + .minutes(30))
    }

    @Test func aFullPaymentAfterATimeoutAsksForStockAgain() throws {
        var desk = try timedOut()
        try desk.take(ChannelPayment.sample(paymentID: "P-1", amount: 10_500))
        #expect(Array(desk.story.suffix(2)) == ["OrderReinstated", "PaymentExcess"])
        #expect(desk.last(OrderReinstated.self)?.reservation == 2)
        #expect(desk.last(PaymentExcess.self)?.excess == 500)
        #expect(desk.order()?.state == .paid)
        #expect(desk.order()?.stock == .pending)
    }

    @Test func aShortPaymentAfterATimeoutGoesBack() throws {
        var desk = try timedOut()
        try desk.take(ChannelPayment.sample(paymentID: "P-1", amount: 9999))
        #expect(desk.last(PaymentExcess.self)?.excess == 9999)
        #expect(desk.order()?.state == .cancelled)
    }

    @Test func anOrderComesBackOnlyOnce() throws {
        var desk = try timedOut()
        try desk.take(ChannelPayment.sample(paymentID: "P-1"))
        try desk.take(StockRejected(orderID: .sample, reservation: 2, shortages: []))
        #expect(desk.last(OrderCancelled.self)?.refundDue == 10_000)
        try desk.take(ChannelPayment.sample(paymentID: "P-2"))
        #expect(desk.last(PaymentExcess.self)?.paymentID == "P-2")
        #expect(desk.order()?.state == .cancelled)
    }

    @Test func theAnswerToTheFormerReservationCountsNoMore() throws {
        var desk = try timedOut()
        try desk.take(ChannelPayment.sample(paymentID: "P-1"))
        #expect(try desk.take(StockReserved.sample(reservation: 1)).changesNothing)
        try desk.take(StockReserved.sample(reservation: 2))
        #expect(desk.last(OrderConfirmed.self)?.reservation == 2)
    }

    @Test func aPaymentAfterTheBuyersCancelGoesBackWhole() throws {
        var desk = try Desk()
        try desk.place(.sample())
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        try desk.take(ChannelPayment.sample())
        #expect(desk.story == ["OrderPlaced", "OrderCancelled", "PaymentExcess"])
        #expect(desk.last(PaymentExcess.self)?.excess == 10_000)
    }

    @Test func aTimeoutOfAPaidOrderChangesNothing() throws {
        var desk = try Desk()
        try desk.place(.sample())
        let timer = desk
        try desk.take(ChannelPayment.sample())
        #expect(timer.timers["payment-timeout"] == .sample + .minutes(30))
        #expect(desk.timers["payment-timeout"] == nil)
    }

    @Test func cashOnDeliveryIsConfirmedUnpaidAndPaidLate() throws {
        var desk = try Desk.shipped(.sample(paymentTerms: .cashOnDelivery))
        #expect(desk.story == ["OrderPlaced", "OrderConfirmed", "OrderShipped"])
        try desk.take(ChannelPayment.sample())
        #expect(desk.story.last == "OrderPaid")
        #expect(desk.order()?.state == .shipped)
    }
}
