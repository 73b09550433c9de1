import Contracts

/// The platform has decided a case and moved the money itself: we write down what it did.
///
/// - Throws: `Fault` when the case is unknown or ours to decide, or the platform names more than there was.
func followPlatform(
    _ result: AfterSalesResult, given state: State<AfterSalesAggregate>, at now: Instant
) throws(Fault) -> Decision<AfterSalesChange> {
    let external = Key.external(result.channel, result.externalOrderID)
    guard let account = state.order(external) else { return .waits(for: external, reason: "its order is not known") }
    guard account.isReady else { return .waits(forPaymentOf: account.orderID) }
    let decided = try account.requiredCase(result.externalCaseID)
    guard account.followsPlatform else { throw Fault("the cases of this order are decided here", field: "channel") }
    guard decided.outcome == nil else { return .nothing }
    var draft = OrderDraft(account, at: now)
    switch result.status {
    case .rejected: draft.reject(decided, because: "platform", by: "platform")
    case .withdrawn: draft.withdraw(decided, at: result.at)
    case .refunded: try draft.bookPlatformRefund(decided, result)
    }
    return draft.decision
}

extension OrderDraft {
    fileprivate mutating func bookPlatformRefund(
        _ decided: AfterSalesCase, _ result: AfterSalesResult
    ) throws(Fault) {
        var refunded = decided
        if !result.lines.isEmpty {
            for index in refunded.items.indices {
                let lineID = refunded.items[index].lineID
                refunded.items[index].quantity = result.lines.reduce(0) {
                    $0 + ($1.lineID == lineID ? $1.quantity : 0)
                }
            }
        }
        guard let shares = account.shares(of: refunded.items, after: account.givenBack(countsOpen: false)) else {
            throw Fault("names more pieces than the order has left", field: "lines")
        }
        let amount = result.amount ?? min(refunded.asked ?? shares.total, shares.total)
        guard amount <= account.available else {
            throw Fault("\(amount) is above what is left of the money, \(account.available)", field: "amount")
        }
        // A platform may pay back more than the goods' share: its own split is not known, ours is proportional.
        let parts = Allocation.split(amount, by: shares.lines + [shares.freight])
        for index in refunded.items.indices { refunded.items[index].refund = parts[index] }
        refunded.freight = parts.last ?? 0
        refunded.amount = amount
        let refund = Refund(
            refundID: account.nextRefundID, caseID: refunded.caseID, paymentID: "platform", amount: amount,
            reason: "platform", state: .settled)
        change(.refundMoved(orderID, refund))
        closeRefunded(refunded)
    }
}
