import Contracts

/// Sets free what a cancelled order still holds, and takes it out of every queue.
///
/// - Returns: One `StockReleased` per warehouse; nothing when nothing is open.
func releaseStock(
    of order: OrderCancelled, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    guard let reservation = state.reservation(order.orderID) else { return .waits(forOrder: order.orderID) }
    var booking = Booking(state, reservation, at: now)
    booking.releaseAll(reason: order.reason.rawValue)
    return booking.decision()
}

/// Sets free the pieces of a refund that have not left, when the case is one about unshipped goods.
///
/// Which pieces are meant follows from the kind of the case: goods that come back were shipped. Pieces that the order
/// still waits for go first, then those set aside.
/// - Returns: One `StockReleased` per warehouse, reason `refunded`; a refund counts once.
func releaseStock(
    of refund: CaseRefunded, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    guard let reservation = state.reservation(refund.orderID) else { return .waits(forOrder: refund.orderID) }
    guard !reservation.references.contains(refund.refundID), !reservation.references.contains(refund.caseID) else {
        return .nothing
    }
    var booking = Booking(state, reservation, at: now)
    var released: [Allotment] = []
    for line in refund.lines { released += booking.giveBack(line) }
    guard booking.hasTouched else { return .nothing }
    booking.changeReservation { $0.references.insert(refund.refundID) }
    booking.tellReleased(released, reason: "refunded")
    booking.completeIfFilled(state, Warehouses(state.warehouses, to: reservation.request.region))
    return booking.decision()
}

/// Remembers a case whose goods come back: its refund sets nothing free.
func rememberReturn(
    _ opened: CaseOpened, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    guard opened.kind != .refund else { return .nothing }
    guard var reservation = state.reservation(opened.orderID) else { return .waits(forOrder: opened.orderID) }
    guard reservation.references.insert(opened.caseID).inserted else { return .nothing }
    return Decision(changes: [.reservation(reservation)])
}

extension Booking {
    mutating func releaseAll(reason: String) {
        guard let reservation else { return }
        for sku in reservation.standing == .backordered ? reservation.request.skus : [] {
            guard stock(sku).backorders.contains(where: { $0.orderID == reservation.orderID }) else { continue }
            change(sku) { stock in stock.backorders.removeAll { $0.orderID == reservation.orderID } }
        }
        let allotments = reservation.openHoldings.map(\.allotment)
        let isOver = reservation.standing == .rejected || reservation.standing == .unasked
        if !isOver, !allotments.isEmpty || reservation.standing == .backordered {
            changeReservation { $0.standing = .released }
        }
        release(allotments)
        tellReleased(allotments, reason: reason)
    }

    mutating func tellReleased(_ allotments: [Allotment], reason: String) {
        guard let reservation else { return }
        for allocation in allotments.byWarehouse {
            tell(
                StockReleased(
                    orderID: reservation.orderID, reservation: reservation.number, warehouse: allocation.warehouse,
                    lines: allocation.lines, reason: reason))
        }
    }

    /// Takes refunded units out of the queue, then out of what is set aside; answers what was set free.
    fileprivate mutating func giveBack(_ line: RefundedLine) -> [Allotment] {
        guard let orderID = reservation?.orderID, let request = reservation?.request else { return [] }
        var released: [Allotment] = []
        for wanted in request.lines where wanted.lineID == line.lineID {
            var left = line.quantity * wanted.piecesPerUnit
            let waiting = stock(wanted.sku).backorders.first { $0.orderID == orderID && $0.lineID == line.lineID }
            let dropped = min(left, waiting?.quantity ?? 0)
            if dropped > 0 { change(wanted.sku) { $0.dequeue(orderID, line.lineID, dropped) } }
            left -= dropped
            for holding in reservation?.openHoldings ?? []
            where holding.lineID == line.lineID && holding.sku == wanted.sku && left > 0 {
                let quantity = min(left, holding.open)
                left -= quantity
                let allotment = Allotment(
                    lineID: line.lineID, sku: wanted.sku, warehouse: holding.warehouse, quantity: quantity)
                release([allotment])
                released.append(allotment)
            }
        }
        return released
    }
}
