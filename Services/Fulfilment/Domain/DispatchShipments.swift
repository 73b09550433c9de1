import Contracts

/// Lets all shipments of an order go that nobody stopped, when their time has come.
func dispatchShipments(
    of orderID: OrderID, given state: State<FulfilmentAggregate>, at now: Instant, _ calendar: BusinessCalendar
) -> FulfilmentDecision {
    guard let order = state.order(orderID) else { return .nothing }
    var draft = Draft(order, calendar, at: now)
    for shipment in order.dispatchable { draft.dispatch(shipment) }
    return draft.decision
}
