import Contracts

/// Puts a new order down; nothing is earned before it is confirmed.
///
/// Orders without a distributor are kept too, because one may be found later.
func placeOrder(_ placed: OrderPlaced, given state: State<CommissionAggregate>) -> Decision<CommissionChange> {
    guard state.order(placed.orderID) == nil else { return .nothing }
    return Decision(changes: [.order(CommissionOrder(placed))])
}

/// Takes other lines and sums of an order on which nothing is booked yet: intake revises no confirmed one.
func reviseOrder(_ revised: OrderRevised, given state: State<CommissionAggregate>) -> Decision<CommissionChange> {
    guard var order = state.order(revised.orderID) else { return waitForOrder(revised.orderID) }
    guard order.confirmedAt == nil, revised.version > order.placed.version else { return .nothing }
    order.placed = order.placed.revised(by: revised)
    order.unsaved.revision = true
    return Decision(changes: [.order(order)])
}
