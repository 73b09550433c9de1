import Contracts

/// Hears from the payment provider; a settled refund stays settled, a failed one may settle later.
///
/// - Throws: `Fault` when the order has no such refund.
func settleRefund(
    _ result: RefundResult, of orderID: OrderID, given state: State<AfterSalesAggregate>, at now: Instant
) throws(Fault) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(orderID)), var refund = account.refund(result.refundID) else {
        throw Fault("\(result.refundID) is no refund of ours", field: "refundId")
    }
    var draft = OrderDraft(account, at: now)
    switch (refund.state, result.status) {
    case (.settled, _), (.failed, .failed): return .nothing
    case (.due, .failed):
        refund.state = .failed
        draft.change(.refundMoved(orderID, refund))
        draft.tell(
            RefundFailed(
                refundID: refund.refundID, orderID: orderID, caseID: refund.caseID, amount: refund.amount,
                currency: account.placed.currency, reason: result.reason ?? "not given", failedAt: result.at))
    case (.due, .succeeded), (.failed, .succeeded):
        refund.state = .settled
        draft.change(.refundMoved(orderID, refund))
        draft.tell(
            RefundSettled(
                refundID: refund.refundID, orderID: orderID, caseID: refund.caseID, amount: refund.amount,
                currency: account.placed.currency, settledAt: result.at))
        draft.closeWhenSettled(refund.caseID)
    }
    return draft.decision
}

extension OrderDraft {
    /// A case may be paid back on several payments: the last one ends it.
    fileprivate mutating func closeWhenSettled(_ caseID: String?) {
        guard let caseID, let refunding = account.findCase(caseID), refunding.state == .refunding else { return }
        let isSettled = account.refunds.allSatisfy { $0.caseID != caseID || $0.state == .settled }
        guard isSettled else { return }
        if refunding.kind.isReplaced { closeExchanged(refunding) } else { closeRefunded(refunding) }
    }
}
