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

/// Sets free the pieces that a refund or an exchange took out of the order before they left.
///
/// Fulfilment alone knows in which warehouse's parcel they were: two services that choose would choose differently, and
/// a piece would leave where none is set aside. Pieces that no parcel was planned for are taken from the queue first.
/// - Returns: One `StockReleased` per warehouse, reason `refunded`; a case counts once.
func releaseStock(
    of resumed: LinesResumed, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    guard !resumed.withdrawn.isEmpty else { return .nothing }
    guard let reservation = state.reservation(resumed.orderID) else { return .waits(forOrder: resumed.orderID) }
    guard !reservation.references.contains(resumed.requestID) else { return .nothing }
    var booking = Booking(state, reservation, at: now)
    var released: [Allotment] = []
    for pieces in resumed.withdrawn { released += booking.giveBack(pieces) }
    guard booking.hasTouched else { return .nothing }
    booking.changeReservation { $0.references.insert(resumed.requestID) }
    booking.tellReleased(released, reason: "refunded")
    booking.completeIfFilled(state, Warehouses(state.warehouses, to: reservation.request.region))
    return booking.decision()
}

extension Booking {
    mutating func releaseAll(reason: String) {
        guard let reservation else { return }
        for sku in reservation.standing == .backordered ? reservation.request.skus : [] {
            let waiting = stock(sku).backorders.filter { $0.orderID == reservation.orderID }
            guard !waiting.isEmpty else { continue }
            giveBackQuota(sku, waiting.reduce(0) { $0 + $1.quantity })
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

    /// Takes withdrawn units out of what their warehouse set aside, or else out of the queue and then of what any did;
    /// answers what was set free.
    fileprivate mutating func giveBack(_ line: LinesResumed.Withdrawn) -> [Allotment] {
        guard let orderID = reservation?.orderID, let request = reservation?.request else { return [] }
        var released: [Allotment] = []
        for wanted in request.lines where wanted.lineID == line.lineID {
            var left = line.quantity * wanted.piecesPerUnit
            let waiting = stock(wanted.sku).backorders.first { $0.orderID == orderID && $0.lineID == line.lineID }
            let dropped = line.warehouse == nil ? min(left, waiting?.quantity ?? 0) : 0
            if dropped > 0 {
                change(wanted.sku) { $0.dequeue(orderID, line.lineID, dropped) }
                giveBackQuota(wanted.sku, dropped)
            }
            left -= dropped
            // Fulfilment plans allocations from the first on, so what it has not planned will be missing at the last.
            let holdings = reservation?.openHoldings ?? []
            for holding in line.warehouse == nil ? holdings.reversed() : holdings
            where holding.lineID == line.lineID && holding.sku == wanted.sku && left > 0
                && holding.warehouse == line.warehouse ?? holding.warehouse
            {
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
