import Contracts

extension OrderStep {
    /// Counts a payment that the channel tells of; the same payment again changes nothing.
    ///
    /// - Throws: `Fault` when it is in another currency, or came before with another amount.
    /// - Source: DESIGN section 4, "Payment".
    mutating func countPayment(_ payment: ChannelPayment, sentAt: Instant) throws(Fault) {
        guard payment.currency == order.placed.currency else {
            throw Fault("\(payment.currency) is not the order's \(order.placed.currency)", field: "currency")
        }
        guard payment.status == .succeeded else { return }
        try count(payment.paymentID, payment.amount, paidAt: payment.paidAt ?? sentAt)
    }

    mutating func count(_ paymentID: String, _ amount: Int64, paidAt: Instant) throws(Fault) {
        if let known = order.account.payment(paymentID) {
            guard known.amount == amount else {
                throw Fault("\(amount) is not the \(known.amount) that came before", field: "amount")
            }
            return
        }
        let missing = order.account.missing
        if order.placed.historical {
            keep(paymentID, amount, counted: min(amount, missing), paidAt)
            return
        }
        switch order.state.after(.paid) {
        case .legal(let next) where missing > 0:
            keep(paymentID, amount, counted: min(amount, missing), paidAt)
            if amount < missing {
                tellShort(paymentID, amount, missing: missing - amount)
            } else {
                order.state = next
                tell(OrderPaid(orderID: orderID, paymentID: paymentID, amount: order.account.covered, paidAt: paidAt))
                cancel(.paymentTimeout)
                tellExcess(paymentID, amount, excess: amount - missing, "more than the order costs")
            }
        case .refused where mayReinstate(amount):
            reinstate(paymentID, amount, paidAt)
        case .refused(let reason):
            keep(paymentID, amount, counted: 0, paidAt)
            tellExcess(paymentID, amount, excess: amount, "the order \(reason)")
        case .legal, .ignored:
            keep(paymentID, amount, counted: 0, paidAt)
            tellExcess(paymentID, amount, excess: amount, "the order is paid already")
        }
    }

    /// After a timeout, by the whole sum, and only when its stock can be asked for.
    ///
    /// It happens once (I11): what was paid so never runs into a timeout again.
    func mayReinstate(_ amount: Int64) -> Bool {
        order.cancelReason == .paymentTimeout && order.reservation > 0 && amount >= order.account.missing
    }

    /// Asks for stock again under the next number.
    private mutating func reinstate(_ paymentID: String, _ amount: Int64, _ paidAt: Instant) {
        guard move(.reinstated) else { return }
        let counted = order.account.missing
        keep(paymentID, amount, counted: counted, paidAt)
        order.cancelReason = nil
        order.reinstatedAt = now
        order.stock = .pending
        order.goods.allocations = []
        order.reservation += 1
        tell(
            OrderReinstated(
                orderID: orderID, reservation: order.reservation, paymentID: paymentID, amount: counted,
                reinstatedAt: now))
        tellExcess(paymentID, amount, excess: amount - counted, "more than the order costs")
    }

    private mutating func keep(_ paymentID: String, _ amount: Int64, counted: Int64, _ paidAt: Instant) {
        order.account.payments.append(
            OrderPayment(paymentID: paymentID, amount: amount, counted: counted, paidAt: paidAt))
    }

    private mutating func tellShort(_ paymentID: String, _ amount: Int64, missing: Int64) {
        tell(
            PaymentShort(
                orderID: orderID, paymentID: paymentID, amount: amount, missing: missing,
                reason: "less than the order costs"))
    }

    private mutating func tellExcess(_ paymentID: String, _ amount: Int64, excess: Int64, _ reason: String) {
        guard excess > 0 else { return }
        tell(
            PaymentExcess(orderID: orderID, paymentID: paymentID, amount: amount, excess: excess, reason: reason))
    }
}
