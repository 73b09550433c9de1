import Contracts

/// Remembers what left for the buyer: freight goes back only for orders of which nothing ever did.
func trackDispatch(
    _ shipment: ShipmentDispatched, given state: State<AfterSalesAggregate>, at now: Instant
) -> Decision<AfterSalesChange> {
    guard shipment.direction == .out else { return .nothing }
    guard let account = state.order(.order(shipment.orderID)) else { return .waits(forOrder: shipment.orderID) }
    guard !account.dispatches.contains(where: { $0.shipmentID == shipment.shipmentID }) else { return .nothing }
    var quantities: [String: Int64] = [:]
    for line in shipment.lines { quantities[line.lineID, default: 0] += line.quantity }
    let pieces = quantities.sorted { $0.key < $1.key }.map {
        Dispatch(shipmentID: shipment.shipmentID, lineID: $0.key, quantity: $0.value)
    }
    return Decision(changes: [.dispatched(shipment.orderID, pieces)])
}

func trackDelivery(
    _ shipment: ShipmentDelivered, given state: State<AfterSalesAggregate>, at now: Instant
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(shipment.orderID)) else { return .waits(forOrder: shipment.orderID) }
    let isNews = account.dispatches.contains { $0.shipmentID == shipment.shipmentID && !$0.isDelivered }
    guard isNews else { return .nothing }
    return Decision(changes: [.delivered(shipment.orderID, shipmentID: shipment.shipmentID)])
}
