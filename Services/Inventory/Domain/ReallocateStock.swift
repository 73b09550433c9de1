import Contracts

/// Sets pieces of an order aside in another warehouse instead, all of them or none.
///
/// - Returns: `StockReallocated`, with a refusal when the pieces are not open where they are said to be, or too few are
///   free there; a wish counts once.
func reallocateStock(
    _ wish: ReallocationRequested, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    guard let reservation = state.reservation(wish.orderID) else { return .waits(forOrder: wish.orderID) }
    guard !reservation.references.contains(wish.requestID) else { return .nothing }
    var booking = Booking(state, reservation, at: now)
    booking.changeReservation { $0.references.insert(wish.requestID) }
    let allotments = wish.allocations.flatMap { allocation in
        allocation.lines.map {
            Allotment(lineID: $0.lineID, sku: $0.sku, warehouse: allocation.warehouse, quantity: $0.quantity)
        }
    }
    let refusal = booking.refusal(of: wish, allotments)
    if refusal == nil { booking.relocate(allotments, to: wish.warehouse) }
    booking.tell(
        StockReallocated(
            orderID: wish.orderID, reservation: reservation.number, requestID: wish.requestID,
            warehouse: wish.warehouse, refusal: refusal, allocations: wish.allocations))
    return booking.decision()
}

extension Booking {
    fileprivate func refusal(of wish: ReallocationRequested, _ allotments: [Allotment]) -> String? {
        guard let reservation, wish.reservation == reservation.number else { return "the order asked for stock anew" }
        guard let warehouse = state.warehouses.first(where: { $0.warehouse == wish.warehouse }), warehouse.active else {
            return "warehouse \(wish.warehouse) is not active"
        }
        var wanted: [String: Int64] = [:]
        var taken: [Allotment: Int64] = [:]
        for allotment in allotments {
            let place = Allotment(
                lineID: allotment.lineID, sku: allotment.sku, warehouse: allotment.warehouse, quantity: 0)
            taken[place, default: 0] += allotment.quantity
            wanted[allotment.sku, default: 0] += allotment.quantity
            let open = reservation.openHoldings.first {
                $0.lineID == allotment.lineID && $0.sku == allotment.sku && $0.warehouse == allotment.warehouse
            }
            guard allotment.quantity > 0, taken[place, default: 0] <= open?.open ?? 0 else {
                return "line \(allotment.lineID) has \(open?.open ?? 0) pieces set aside in \(allotment.warehouse)"
            }
        }
        for (sku, quantity) in wanted.sorted(by: { $0.key < $1.key }) {
            let free = stock(sku).level(wish.warehouse).free
            if quantity > free { return "\(quantity) of \(sku) are wanted, \(free) are free in \(wish.warehouse)" }
        }
        return nil
    }
}
