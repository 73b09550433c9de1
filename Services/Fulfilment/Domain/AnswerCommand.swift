import Contracts

/// Carries a command out or says why not; every command is answered.
func answerCommand(
    _ command: FulfilmentCommand, given state: State<FulfilmentAggregate>, at now: Instant,
    _ rules: FulfilmentRules
) -> FulfilmentDecision {
    guard let order = state.order(command.orderID) else {
        return FulfilmentDecision(facts: [
            CommandAnswered(
                service: "fulfilment", commandID: command.head.commandID, outcome: .refused,
                reason: "order \(command.orderID) is unknown", orderID: command.orderID)
        ])
    }
    if case .merge(let command) = command { return mergeShipments(command, given: state, at: now, rules) }
    if case .dispatch(let command) = command, let decision = dispatchTogether(command, order, state, now, rules) {
        return decision
    }
    var draft = Draft(order, given: state, rules, at: now)
    let refusal: String?
    switch command {
    case .dispatch(let command): refusal = draft.carryOut(command, given: state, rules)
    case .cancel(let command): refusal = draft.carryOut(command)
    case .replan(let command): refusal = draft.carryOut(command, given: state, rules)
    case .split(let command): refusal = draft.carryOut(command, given: state)
    case .reassign(let command): refusal = draft.carryOut(command, given: state, rules)
    case .merge: return .nothing
    case .release(let command): refusal = draft.carryOut(command)
    }
    draft.answer(command.head, refusal == nil ? .accepted : .refused, reason: refusal)
    return draft.decision
}

/// A parcel of several shipments leaves as a whole, under the label it has.
///
/// - Returns: `nil` for a shipment that travels alone.
private func dispatchTogether(
    _ command: DispatchShipment, _ order: Order, _ state: State<FulfilmentAggregate>, _ now: Instant,
    _ rules: FulfilmentRules
) -> FulfilmentDecision? {
    guard let shipment = order.shipment(command.shipmentID), shipment.isOpen, shipment.isPackedTogether else {
        return nil
    }
    var decision = FulfilmentDecision()
    var refusal: String?
    if command.carrier ?? shipment.label.carrier != shipment.label.carrier
        || command.waybill ?? shipment.label.waybill != shipment.label.waybill
    {
        refusal = "the shipment is packed together with others and keeps its label"
    } else {
        decision = dispatchParcel(of: shipment, given: state, at: now, rules)
        if decision.changes.isEmpty { refusal = "a shipment packed together with it is stopped" }
    }
    decision.facts.append(
        CommandAnswered(
            service: "fulfilment", commandID: command.head.commandID,
            outcome: refusal == nil ? .accepted : .refused, reason: refusal, orderID: order.orderID))
    return decision
}

extension Draft {
    /// Each of these changes the draft, or answers why it leaves it alone.
    fileprivate mutating func carryOut(
        _ command: DispatchShipment, given state: State<FulfilmentAggregate>, _ rules: FulfilmentRules
    ) -> String? {
        let shipmentID = command.shipmentID
        guard var shipment = order.shipment(shipmentID) else { return "shipment \(shipmentID) is unknown" }
        guard shipment.isOpen else { return "shipment \(shipmentID) is \(shipment.state.rawValue)" }
        guard !order.isMoving(shipment) else {
            return "shipment \(shipmentID) is being moved to another warehouse"
        }
        guard order.unstopped.contains(shipment) else {
            return "shipment \(shipmentID) is stopped by \(order.stops.map(\.asker).joined(separator: ", "))"
        }
        switch order.label(for: command, given: state, rules, at: now) {
        case .refused(let reason): return reason
        case .asked(let carrier, let promiseDays):
            askForLabel(of: shipment, by: carrier, promiseDays: promiseDays, leavesAtOnce: true)
            return nil
        case .label(let label) where label != shipment.label:
            guard !state.isTaken(label.carrier, label.waybill) else {
                return "waybill \(label.waybill) of \(label.carrier) belongs to another shipment"
            }
            shipment.label = label
            tellLabel(of: shipment)
        case .label: break
        }
        dispatch(shipment)
        dropIdleTimer()
        return nil
    }

    fileprivate mutating func carryOut(_ command: CancelShipment) -> String? {
        let shipmentID = command.shipmentID
        guard var shipment = order.shipment(shipmentID) else { return "shipment \(shipmentID) is unknown" }
        guard shipment.isOpen else { return "shipment \(shipmentID) is \(shipment.state.rawValue)" }
        shipment.state = .cancelled
        change(.shipments([shipment]))
        tellCancellation(of: shipment, reason: command.reason)
        dropIdleTimer()
        return nil
    }

    fileprivate mutating func carryOut(
        _ command: ReplanOrder, given state: State<FulfilmentAggregate>, _ rules: FulfilmentRules
    ) -> String? {
        guard order.phase == .confirmed, let confirmed = order.confirmed else {
            return "order \(order.orderID) is \(order.phase.rawValue)"
        }
        if let warehouse = command.warehouse { return move(to: warehouse, for: command.head, given: state) }
        let count = order.shipments.count
        guard plan(confirmed.allocations, given: state, rules) == nil else {
            return "a warehouse of the order is unknown"
        }
        return order.shipments.count > count ? nil : "nothing of order \(order.orderID) is left to plan"
    }
}
