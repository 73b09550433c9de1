import Contracts

/// Lets all shipments of an order go that nobody stopped, when their time has come, with what travels with them.
///
/// A parcel that holds a stopped shipment waits whole, and is looked at again after the same delay: whatever ends the
/// stop may be another order's message. What a wave has given to people leaves by them.
func dispatchShipments(
    of orderID: OrderID, given state: State<FulfilmentAggregate>, at now: Instant, _ rules: FulfilmentRules
) -> FulfilmentDecision {
    guard let order = state.order(orderID) else { return .nothing }
    var draft = Draft(order, given: state, rules, at: now)
    for shipment in order.leavingByItself where !shipment.isPackedTogether { draft.dispatch(shipment) }
    var decision = draft.decision
    var state = state
    for change in decision.changes { change.evolve(&state) }
    for shipment in order.leavingByItself
    where shipment.isPackedTogether && !Parcel(of: shipment, given: state).isInWave {
        let part = dispatchParcel(of: shipment, given: state, at: now, rules)
        for change in part.changes { change.evolve(&state) }
        decision.join(part)
    }
    var waiting = Draft(state.order(orderID) ?? order, given: state, rules, at: now)
    waiting.setDispatchTimer()
    decision.join(waiting.decision)
    return decision
}

/// Lets a parcel go whose shipments may all leave; each order is told of its own.
func dispatchParcel(
    of shipment: Shipment, given state: State<FulfilmentAggregate>, at now: Instant, _ rules: FulfilmentRules
) -> FulfilmentDecision {
    let parcel = Parcel(of: shipment, given: state)
    guard parcel.mayLeave else { return .nothing }
    var state = state
    var decision = FulfilmentDecision()
    for member in parcel.members where member.shipment.isOpen {
        guard let order = state.order(member.order.orderID), let fresh = order.shipment(member.shipment.shipmentID)
        else { continue }
        var draft = Draft(order, given: state, rules, at: now)
        draft.dispatch(fresh)
        draft.dropIdleTimer()
        for change in draft.decision.changes { change.evolve(&state) }
        decision.join(draft.decision)
    }
    return decision
}
