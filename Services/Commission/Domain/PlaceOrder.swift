import Contracts

/// Puts a new order down; nothing is earned before it is confirmed.
///
/// Orders without a distributor are kept too, because one may be found later.
func placeOrder(_ placed: OrderPlaced, given state: State<CommissionAggregate>) -> Decision<CommissionChange> {
    guard state.order(placed.orderID) == nil else { return .nothing }
    return Decision(changes: [.order(CommissionOrder(placed))])
}
