import Contracts

extension OrderStep {
    /// Enters money that no provider reported; a large amount counts when a second person has entered it too.
    ///
    /// What the order cannot take is refused, not kept as excess: the person can correct it.
    /// - Returns: Why not, or `nil`.
    /// - Source: DESIGN section 4, "Payment"; 线下收款.
    mutating func confirmPayment(_ command: ConfirmPayment) -> String? {
        guard order.terms.money == .own else { return "the platform takes the money of this channel" }
        guard let proof = command.proof, !proof.isEmpty else { return "the proof is missing" }
        guard command.amount > 0, command.amount < 1_000_000_000_000 else { return "the amount is not possible" }
        if order.account.payment(command.paymentID) != nil {
            return "payment \(command.paymentID) has been counted already"
        }
        if let why = refusal(ofAmount: command.amount) { return why }
        let payments = order.handling.payments
        if let index = payments.firstIndex(where: { $0.paymentID == command.paymentID }) {
            return approve(payments[index], at: index, command)
        }
        var payment = EnteredPayment(
            paymentID: command.paymentID, amount: command.amount, method: command.method, proof: proof,
            paidAt: command.paidAt, enteredBy: command.actor, isCounted: true)
        if let limit = order.terms.secondApprovalAbove, order.handling.singlyEntered + command.amount > limit {
            payment.isCounted = false
            order.handling.payments.append(payment)
            remark = "another person must confirm it"
            tell(
                PaymentAwaitsApproval(
                    orderID: orderID, paymentID: payment.paymentID, amount: payment.amount, method: payment.method,
                    proof: proof, actor: command.actor, paidAt: command.paidAt, enteredAt: now))
            return nil
        }
        order.handling.payments.append(payment)
        countEntered(payment)
        return nil
    }

    private mutating func approve(_ payment: EnteredPayment, at index: Int, _ command: ConfirmPayment) -> String? {
        guard payment.enteredBy != command.actor else { return "another person must confirm it" }
        guard payment.amount == command.amount else { return "\(payment.amount) was entered, not \(command.amount)" }
        order.handling.payments[index].approvedBy = command.actor
        order.handling.payments[index].isCounted = true
        countEntered(payment)
        return nil
    }

    private func refusal(ofAmount amount: Int64) -> String? {
        let missing = order.account.missing
        if order.state == .cancelled {
            guard mayReinstate(amount) else { return order.state.refusal(of: .paid) }
        } else if missing <= 0 {
            return "the order is paid already"
        }
        return amount > missing ? "only \(missing) is missing" : nil
    }

    private mutating func countEntered(_ payment: EnteredPayment) {
        // A payment that is not known yet has no other amount to differ from.
        try? count(payment.paymentID, payment.amount, paidAt: payment.paidAt)
    }
}
