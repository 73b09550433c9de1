import Contracts

/// Takes what has left out of the warehouse and out of the reservation.
///
/// A carrier may have had the parcel already when its pieces were set aside elsewhere: where it left from counts.
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
    var followed: [Allotment] = []
    for (index, line) in shipment.lines.enumerated() {
        guard !wanted.contains(where: { $0.lineID == line.lineID && $0.sku == line.sku }) else { continue }
        let asked = shipment.lines.filter { $0.lineID == line.lineID && $0.sku == line.sku }
        let quantity = asked.reduce(0) { $0 + $1.quantity }
        let here = reservation.holdings(like: line).first { $0.warehouse == shipment.warehouse }
        let claimed = followed.reduce(0) { $0 + ($1.sku == line.sku ? $1.quantity : 0) }
        let free = (state.stock(line.sku)?.level(shipment.warehouse)).map { $0.onHand - $0.reserved - claimed } ?? 0
        let movedAway = reservation.movedAway(line, quantity - (here?.open ?? 0), from: here, free: free)
        guard asked.allSatisfy({ $0.quantity > 0 }), let movedAway else {
            throw Fault(
                "\(quantity) pieces left \(shipment.warehouse), \(here?.open ?? 0) are reserved there",
                field: "lines[\(index)].quantity")
        }
        followed += movedAway
        wanted.append(LineQuantity(lineID: line.lineID, sku: line.sku, quantity: quantity))
    }
    var booking = Booking(state, reservation, at: now)
    booking.changeReservation { $0.references.insert(shipment.shipmentID) }
    booking.bringBack(followed, to: shipment.warehouse, because: shipment.shipmentID)
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

extension Reservation {
    fileprivate func holdings(like line: LineQuantity) -> [Holding] {
        holdings.filter { $0.number == number && $0.lineID == line.lineID && $0.sku == line.sku }
    }

    /// Pieces of a line that were set aside here once and lie elsewhere now.
    ///
    /// - Parameter free: Pieces here that nobody has.
    /// - Returns: `nil` when that many do not, or they are somebody's by now.
    fileprivate func movedAway(_ line: LineQuantity, _ quantity: Int64, from here: Holding?, free: Int64)
        -> [Allotment]?
    {
        guard quantity > 0 else { return [] }
        guard let here, quantity <= min(here.released, free) else { return nil }
        var left = quantity
        var found: [Allotment] = []
        for other in holdings(like: line) where other.warehouse != here.warehouse && other.open > 0 && left > 0 {
            let taken = min(left, other.open)
            left -= taken
            found.append(
                Allotment(lineID: line.lineID, sku: line.sku, warehouse: other.warehouse, quantity: taken))
        }
        return left == 0 ? found : nil
    }
}

extension Booking {
    /// Sets pieces aside again where they have left from.
    fileprivate mutating func bringBack(_ pieces: [Allotment], to warehouse: String, because shipmentID: String) {
        guard let reservation, !pieces.isEmpty else { return }
        relocate(pieces, to: warehouse)
        tell(
            StockReallocated(
                orderID: reservation.orderID, reservation: reservation.number, requestID: shipmentID,
                warehouse: warehouse, refusal: nil,
                allocations: pieces.map {
                    WarehouseAllocation(
                        warehouse: $0.warehouse,
                        lines: [LineQuantity(lineID: $0.lineID, sku: $0.sku, quantity: $0.quantity)])
                }))
    }
}
