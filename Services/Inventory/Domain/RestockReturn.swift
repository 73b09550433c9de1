import Contracts

/// Puts pieces back on sale that came back and were found good; all other outcomes change no stock.
///
/// - Returns: `StockReturned` and one movement `returned` per line; an inspection counts once.
func restockReturn(
    _ inspection: CaseInspected, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    let good = inspection.lines.filter { $0.outcome == .restock && $0.quantity > 0 }
    guard !good.isEmpty else { return .nothing }
    guard let reservation = state.reservation(inspection.orderID) else { return .waits(forOrder: inspection.orderID) }
    guard state.warehouse(inspection.warehouse) != nil else { return .waits(forWarehouse: inspection.warehouse) }
    let reference = "\(inspection.caseID)/\(inspection.version)"
    guard !reservation.references.contains(reference) else { return .nothing }
    var pieces: [LineQuantity] = []
    for line in good {
        for piece in reservation.request.pieces(of: line) {
            if let index = pieces.firstIndex(where: { $0.lineID == piece.lineID && $0.sku == piece.sku }) {
                let quantity = pieces[index].quantity + piece.quantity
                pieces[index] = LineQuantity(lineID: piece.lineID, sku: piece.sku, quantity: quantity)
            } else {
                pieces.append(piece)
            }
        }
    }
    var booking = Booking(state, reservation, at: now)
    booking.changeReservation { $0.references.insert(reference) }
    booking.tell(
        StockReturned(
            orderID: inspection.orderID, reservation: reservation.number, warehouse: inspection.warehouse,
            caseID: inspection.caseID, lines: pieces, reason: "restock"))
    for piece in pieces {
        let name = MovementName(
            sku: piece.sku, warehouse: inspection.warehouse, movementID: "\(reference)/\(piece.lineID)")
        booking.move(
            name, .returned, by: piece.quantity, reference: inspection.caseID, occurredAt: inspection.inspectedAt)
    }
    return booking.decision()
}

extension StockRequest {
    /// The pieces behind inspected units: those of the SKU itself, or the components of the bundle it names.
    fileprivate func pieces(of line: InspectedLine) -> [LineQuantity] {
        let parts = lines.filter { $0.lineID == line.lineID }
        if parts.isEmpty || parts.contains(where: { $0.sku == line.sku }) {
            return [LineQuantity(lineID: line.lineID, sku: line.sku, quantity: line.quantity)]
        }
        return parts.map {
            LineQuantity(lineID: line.lineID, sku: $0.sku, quantity: line.quantity * $0.piecesPerUnit)
        }
    }
}
