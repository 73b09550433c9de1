import Contracts

/// The order belongs to another distributor: what the former chain has goes back, the new one earns in its place.
///
/// The plan stays the order's own. Refunds and maturity are made up for at once, so that the new chain stands where the
/// old one stood. A buyer who is paid for an own purchase stays so, whoever is said to have sold.
func changeAttribution(
    _ changed: OrderAttributionChanged, given state: State<CommissionAggregate>, at now: Instant
) -> Decision<CommissionChange> {
    guard var order = state.order(changed.orderID) else { return waitForOrder(changed.orderID) }
    guard !order.isExempt, changed.version > order.attributionVersion else { return .nothing }
    order.attributionVersion = changed.version
    guard order.ownChain == nil else {
        order.attribution = changed.attribution
        return Decision(changes: [.order(order)])
    }
    var books = OrderBooks(order, at: now)
    let cause = "attribution-\(changed.version)"
    books.retireAccrual(cause: cause, reason: "attribution changed: \(changed.reason)")
    books.order.attribution = changed.attribution
    if order.confirmedAt != nil, order.cancelledAt == nil, let wait = books.accrue(given: state, cause: cause) {
        return wait
    }
    return books.decision
}
