import Contracts

/// Puts down what must be shipped, long before it may be.
///
/// A finished order that was only imported is known too, so that nothing waits for it.
func recordOrder(_ placed: OrderPlaced, given state: State<FulfilmentAggregate>) -> FulfilmentDecision {
    guard state.order(placed.orderID) == nil else { return .nothing }
    return FulfilmentDecision(changes: [.recorded(Order(placed))])
}

/// Opens a cancelled order again: it was paid after all, and will be confirmed anew.
func reinstateOrder(_ reinstated: OrderReinstated, given state: State<FulfilmentAggregate>) -> FulfilmentDecision {
    guard let order = state.order(reinstated.orderID) else { return .waits(forOrder: reinstated.orderID) }
    guard order.phase == .cancelled else { return .nothing }
    return FulfilmentDecision(changes: [.order(order.orderID, .reinstated)])
}

/// Takes another address or weight for an order whose parcels are not planned yet; intake revises no other.
func reviseOrder(_ revised: OrderRevised, given state: State<FulfilmentAggregate>) -> FulfilmentDecision {
    guard let order = state.order(revised.orderID) else { return .waits(forOrder: revised.orderID) }
    guard order.phase == .placed || order.phase == .cancelled,
        order.region != revised.region || order.weightGrams != revised.weightGrams
            || order.addressFingerprint != revised.fingerprints?.address
    else { return .nothing }
    return FulfilmentDecision(
        changes: [
            .order(
                order.orderID,
                .revised(
                    revised.region, weightGrams: revised.weightGrams,
                    addressFingerprint: revised.fingerprints?.address))
        ])
}

extension FulfilmentDecision {
    static func waits(forOrder orderID: OrderID) -> FulfilmentDecision {
        .waits(for: .order(orderID), reason: "order \(orderID) has not been placed")
    }
}
