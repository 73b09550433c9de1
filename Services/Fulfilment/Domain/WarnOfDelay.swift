import Contracts

/// Calls a person when a parcel has not arrived by its promised time, before the buyer asks.
func warnOfDelay(
    of orderID: OrderID, _ shipmentID: String, given state: State<FulfilmentAggregate>, at now: Instant,
    _ rules: FulfilmentRules
) -> FulfilmentDecision {
    guard let order = state.order(orderID), let shipment = order.shipment(shipmentID),
        let promisedBy = shipment.promisedBy
    else { return .nothing }
    switch shipment.state {
    case .dispatched, .inTransit, .exception: break
    case .planned, .labelled, .delivered, .returning, .returned, .cancelled: return .nothing
    }
    var draft = Draft(order, given: state, rules, at: now)
    let last =
        shipment.scans.last.map { "last \($0.status.rawValue) at \($0.occurredAt)" } ?? "never seen by the carrier"
    draft.tellException(of: shipment, reason: "not delivered by \(promisedBy) as promised, \(last)", at: now)
    return draft.decision
}

/// Calls a person for every parcel that is still here half a day before the platform's deadline.
func warnOfDeadline(
    of orderID: OrderID, given state: State<FulfilmentAggregate>, at now: Instant, _ rules: FulfilmentRules
) -> FulfilmentDecision {
    guard let order = state.order(orderID), let shipBy = order.shipBy else { return .nothing }
    var draft = Draft(order, given: state, rules, at: now)
    for shipment in order.shipments where shipment.isOpen {
        draft.tellException(of: shipment, reason: "must leave by \(shipBy)", at: now)
    }
    return draft.decision
}
