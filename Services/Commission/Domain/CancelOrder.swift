import Contracts

/// Takes back all that is left of a cancelled order's commission.
func cancelOrder(
    _ cancelled: OrderCancelled, given state: State<CommissionAggregate>, at now: Instant
) -> Decision<CommissionChange> {
    guard var order = state.order(cancelled.orderID) else { return waitForOrder(cancelled.orderID) }
    guard !order.isExempt, order.cancelledAt == nil else { return .nothing }
    order.cancelledAt = cancelled.cancelledAt
    var books = OrderBooks(order, at: now)
    books.reverseAll(cause: "cancelled", reason: "cancelled: \(cancelled.reason.rawValue)")
    return books.decision
}

/// A late payment brought a cancelled order back: it may be confirmed now.
func reinstateOrder(
    _ reinstated: OrderReinstated, given state: State<CommissionAggregate>
) -> Decision<CommissionChange> {
    guard var order = state.order(reinstated.orderID) else { return waitForOrder(reinstated.orderID) }
    // What was confirmed and then cancelled has had its one accrual.
    guard order.cancelledAt != nil, order.confirmedAt == nil else { return .nothing }
    order.cancelledAt = nil
    return Decision(changes: [.order(order)])
}
