import Contracts

/// Pays back what a cancelled order owes, and ends the cases that asked for the same money.
///
/// A case that is refunding already goes on: its money is no longer available, so nothing goes back twice.
func cancelOrder(
    _ cancelled: OrderCancelled, given state: State<AfterSalesAggregate>, at now: Instant
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(cancelled.orderID)) else { return .waits(forOrder: cancelled.orderID) }
    guard !account.isCancelled else { return .nothing }
    var draft = OrderDraft(account, at: now)
    draft.change(.orderCancelled(cancelled.orderID))
    guard !account.followsPlatform else { return draft.decision }
    for open in account.cases where open.outcome == nil && open.state != .refunding {
        draft.reject(open, because: CaseRefusal.orderCancelled.rawValue, by: "policy")
    }
    draft.payBack(cancelled.refundDue, because: "cancelled: \(cancelled.reason.rawValue)")
    return draft.decision
}
