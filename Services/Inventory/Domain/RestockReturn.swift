import Contracts

/// Puts pieces back into stock that came back: good ones on sale again, used ones as a second grade, which is a stock of
/// its own; what is scrap or goes to the supplier changes no stock.
///
/// - Returns: `StockReturned` per grade and one movement `returned` per line; an inspection counts once.
func restockReturn(
    _ inspection: CaseInspected, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    let kept = inspection.lines.filter { $0.grade != nil && $0.quantity > 0 }
    guard !kept.isEmpty else { return .nothing }
    guard let reservation = state.reservation(inspection.orderID) else { return .waits(forOrder: inspection.orderID) }
    guard state.warehouse(inspection.warehouse) != nil else { return .waits(forWarehouse: inspection.warehouse) }
    let reference = "\(inspection.caseID)/\(inspection.version)"
    guard !reservation.references.contains(reference) else { return .nothing }
    var booking = Booking(state, reservation, at: now)
    booking.changeReservation { $0.references.insert(reference) }
    for outcome in [InspectionOutcome.restock, .secondGrade] {
        let pieces = reservation.request.pieces(of: kept.filter { $0.outcome == outcome })
        guard !pieces.isEmpty else { continue }
        booking.tell(
            StockReturned(
                orderID: inspection.orderID, reservation: reservation.number, warehouse: inspection.warehouse,
                caseID: inspection.caseID, lines: pieces, reason: outcome.rawValue))
        for piece in pieces {
            let name = MovementName(
                sku: piece.sku, warehouse: inspection.warehouse, movementID: "\(reference)/\(piece.lineID)")
            booking.move(
                name, .returned, by: piece.quantity, reference: inspection.caseID, occurredAt: inspection.inspectedAt)
        }
    }
    return booking.decision()
}

/// Under what used pieces of a SKU lie; it is sold when the catalog or a listing names it.
func secondGrade(of sku: String) -> String { "\(sku)~second-grade" }

extension InspectedLine {
    /// Turns a SKU into the one its pieces lie under; `nil` when they do not come back into stock.
    fileprivate var grade: ((String) -> String)? {
        switch outcome {
        case .restock: { $0 }
        case .secondGrade: secondGrade
        case .scrap, .supplier: nil
        }
    }
}

extension StockRequest {
    /// The pieces behind inspected units, those of one line and SKU together.
    fileprivate func pieces(of lines: [InspectedLine]) -> [LineQuantity] {
        var pieces: [LineQuantity] = []
        for line in lines {
            for piece in self.pieces(of: line) {
                let sku = line.grade?(piece.sku) ?? piece.sku
                if let index = pieces.firstIndex(where: { $0.lineID == piece.lineID && $0.sku == sku }) {
                    let quantity = pieces[index].quantity + piece.quantity
                    pieces[index] = LineQuantity(lineID: piece.lineID, sku: sku, quantity: quantity)
                } else {
                    pieces.append(LineQuantity(lineID: piece.lineID, sku: sku, quantity: piece.quantity))
                }
            }
        }
        return pieces
    }

    /// The pieces behind inspected units: those of the SKU itself, or the components of the bundle it names.
    private func pieces(of line: InspectedLine) -> [LineQuantity] {
        let parts = lines.filter { $0.lineID == line.lineID }
        if parts.isEmpty || parts.contains(where: { $0.sku == line.sku }) {
            return [LineQuantity(lineID: line.lineID, sku: line.sku, quantity: line.quantity)]
        }
        return parts.map {
            LineQuantity(lineID: line.lineID, sku: $0.sku, quantity: line.quantity * $0.piecesPerUnit)
        }
    }
}
