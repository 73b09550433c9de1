import Contracts

/// Takes what has left out of the warehouse and out of the reservation.
///
/// - Returns: `StockDeducted` and one movement `shipped` per line; a shipment counts once, a return changes nothing.
/// - Throws: `Fault` when a line has fewer pieces open there than were shipped: they were released before, and somebody
///   has to look at it.
/// - Source: DESIGN section 4, "Inventory".
func deductStock(
    for shipment: ShipmentDispatched, given state: State<InventoryAggregate>, at now: Instant
) throws(Fault) -> Decision<InventoryChange> {
    guard shipment.direction == .out else { return .nothing }
    guard let reservation = state.reservation(shipment.orderID) else { return .waits(forOrder: shipment.orderID) }
    guard !reservation.references.contains(shipment.shipmentID) else { return .nothing }
    var wanted: [LineQuantity] = []
    for (index, line) in shipment.lines.enumerated() {
        let asked = shipment.lines.filter { $0.lineID == line.lineID && $0.sku == line.sku }
        let quantity = asked.reduce(0) { $0 + $1.quantity }
        let open = reservation.openHoldings.first {
            $0.lineID == line.lineID && $0.sku == line.sku && $0.warehouse == shipment.warehouse
        }
        guard line.quantity > 0, quantity <= open?.open ?? 0 else {
            throw Fault(
                "\(quantity) pieces left \(shipment.warehouse), \(open?.open ?? 0) are reserved there",
                field: "lines[\(index)].quantity")
        }
        guard !wanted.contains(where: { $0.lineID == line.lineID && $0.sku == line.sku }) else { continue }
        wanted.append(LineQuantity(lineID: line.lineID, sku: line.sku, quantity: quantity))
    }
    var booking = Booking(state, reservation, at: now)
    booking.changeReservation { $0.references.insert(shipment.shipmentID) }
    booking.tell(
        StockDeducted(
            orderID: shipment.orderID, reservation: reservation.number, warehouse: shipment.warehouse,
            shipmentID: shipment.shipmentID, lines: wanted, reason: "shipped"))
    booking.ship(
        wanted.map {
            Allotment(lineID: $0.lineID, sku: $0.sku, warehouse: shipment.warehouse, quantity: $0.quantity)
        }, shipmentID: shipment.shipmentID)
    return booking.decision()
}
