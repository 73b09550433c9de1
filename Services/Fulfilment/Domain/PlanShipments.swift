import Contracts

/// Makes a confirmed order's allocations into labelled shipments, which leave by themselves after a while.
///
/// Pieces that somebody wants to stay are planned as well; their shipments wait for the end of the stop.
/// - Throws: `Fault` when an allocation names a line that the order does not have.
func planShipments(
    _ confirmed: OrderConfirmed, given state: State<FulfilmentAggregate>, at now: Instant, _ rules: FulfilmentRules
) throws(Fault) -> FulfilmentDecision {
    guard let order = state.order(confirmed.orderID) else { return .waits(forOrder: confirmed.orderID) }
    guard order.phase == .placed else { return .nothing }
    for allocation in confirmed.allocations {
        for line in allocation.lines where !order.lines.contains(where: { $0.lineID == line.lineID }) {
            throw Fault("line \(line.lineID) is none of order \(order.orderID)", field: "allocations")
        }
    }
    var draft = Draft(order, given: state, rules, at: now)
    draft.change(.confirmed(confirmed))
    if let wait = draft.plan(confirmed.allocations, given: state, rules) { return wait }
    return draft.decision
}

extension Draft {
    /// Plans what is not planned yet, labels it, and lets virtual goods go at once.
    ///
    /// - Returns: A wait instead, when a warehouse is unknown.
    mutating func plan(
        _ allocations: [WarehouseAllocation], given state: State<FulfilmentAggregate>, _ rules: FulfilmentRules
    ) -> FulfilmentDecision? {
        for allocation in allocations where state.warehouse(allocation.warehouse) == nil {
            return .waits(
                for: .warehouse(allocation.warehouse), reason: "warehouse \(allocation.warehouse) is unknown",
                patience: .seconds(30))
        }
        let shipments = Planning(order: order, state: state, rules: rules).shipments(for: allocations, at: now)
        guard !shipments.isEmpty else { return nil }
        change(.shipments(shipments))
        makeCalls()
        for shipment in shipments {
            tellPlan(of: shipment)
            if shipment.state == .labelled { tellLabel(of: shipment) }
        }
        if order.delivery == .virtual {
            for shipment in order.dispatchable { dispatch(shipment) }
        }
        setDispatchTimer()
        if order.shipments.contains(where: \.isOpen) { setShipByTimer() }
        return nil
    }
}
