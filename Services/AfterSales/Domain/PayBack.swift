import Contracts

/// The one place where money leaves. What a payment has left bounds it, so never more goes back than came in.
extension OrderDraft {
    /// Makes refunds of `amount`, or of what is left when that is less, each on one payment; none where a platform holds
    /// the money, or for an imported order.
    ///
    /// - Parameter first: The payment to use before the others, which are taken in the order they came.
    mutating func payBack(
        _ amount: Int64, because reason: String, case caseID: String? = nil, first: String? = nil
    ) {
        guard !account.followsPlatform, !account.placed.historical else { return }
        var left = amount
        for payment in account.paymentsWithRest(first: first) where left > 0 {
            let part = min(left, payment.rest)
            let refund = Refund(
                refundID: account.nextRefundID, caseID: caseID, paymentID: payment.paymentID, amount: part,
                reason: reason)
            change(.refundMoved(orderID, refund))
            tell(
                RefundDue(
                    refundID: refund.refundID, orderID: orderID, caseID: caseID, paymentID: refund.paymentID,
                    amount: part, currency: account.placed.currency, reason: reason))
            left -= part
        }
    }
}

extension OrderAccount {
    fileprivate func paymentsWithRest(first: String?) -> [(paymentID: String, rest: Int64)] {
        var promised: [String: Int64] = [:]
        for refund in refunds { promised[refund.paymentID, default: 0] += refund.amount }
        let rests = payments.map { ($0.paymentID, $0.amount - (promised[$0.paymentID] ?? 0)) }.filter { $0.1 > 0 }
        return rests.filter { $0.0 == first } + rests.filter { $0.0 != first }
    }
}
