import Contracts

/// What after-sales has paid back; each refund counts once, whichever of its two facts comes first.
extension OrderStep {
    mutating func noteRefund(_ fact: RefundSettled) {
        note(OrderRefund(refundID: fact.refundID, caseID: fact.caseID, amount: fact.amount))
    }

    mutating func noteRefund(_ fact: CaseRefunded) {
        let lines = fact.lines.map { LinePieces(lineID: $0.lineID, quantity: $0.quantity) }
        note(OrderRefund(refundID: fact.refundID, caseID: fact.caseID, amount: fact.amount, lines: lines))
    }

    private mutating func note(_ refund: OrderRefund) {
        let before = order.account.refunded
        if let index = order.account.refunds.firstIndex(where: { $0.refundID == refund.refundID }) {
            if let lines = refund.lines { order.account.refunds[index].lines = lines }
        } else {
            order.account.refunds.append(refund)
        }
        guard order.account.refunded != before else { return }
        tell(
            OrderRefundStatusChanged(
                orderID: orderID, status: order.account.refundStatus, refunded: order.account.refunded, at: now))
    }
}
