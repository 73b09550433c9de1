import Contracts

/// Ends an order: what has not left never will.
func cancelShipments(
    _ cancelled: OrderCancelled, given state: State<FulfilmentAggregate>, at now: Instant, _ rules: FulfilmentRules
) -> FulfilmentDecision {
    guard let order = state.order(cancelled.orderID) else { return .waits(forOrder: cancelled.orderID) }
    guard order.phase != .cancelled else { return .nothing }
    var draft = Draft(order, given: state, rules, at: now)
    draft.change(.cancelled)
    let open = order.shipments.filter(\.isOpen)
    for shipment in open { draft.tellCancellation(of: shipment, reason: cancelled.reason.rawValue) }
    if !open.isEmpty { draft.dropIdleTimer() }
    return draft.decision
}
