import Contracts

/// Remembers until when after-sales requests come in time.
func completeOrder(
    _ completed: OrderCompleted, given state: State<AfterSalesAggregate>
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(completed.orderID)) else { return .waits(forOrder: completed.orderID) }
    guard account.afterSalesUntil != completed.afterSalesUntil else { return .nothing }
    return Decision(
        changes: [.orderCompleted(completed.orderID, afterSalesUntil: completed.afterSalesUntil)])
}
