import Contracts

extension Stock {
    /// Orders in the queue that can be given pieces which were not there before, first come first.
    func wokenBackorders(since before: Stock?, _ item: CatalogItem?) -> [OrderID] {
        let grantable = grantable(item)
        guard !backorders.isEmpty, grantable > before?.grantable(item) ?? 0 else { return [] }
        var left = grantable
        var woken: [OrderID] = []
        for backorder in backorders where left > 0 {
            left -= backorder.quantity
            if !woken.contains(backorder.orderID) { woken.append(backorder.orderID) }
        }
        return woken
    }

    /// Pieces that a waiting line may be given after those in front of it.
    fileprivate func share(of place: Int, _ item: CatalogItem?) -> Int64 {
        let ahead = backorders[..<place].reduce(0) { $0 + $1.quantity }
        return min(backorders[place].quantity, max(0, grantable(item) - ahead))
    }

    /// Takes pieces of a waiting line out of the queue.
    mutating func dequeue(_ orderID: OrderID, _ lineID: String, _ quantity: Int64) {
        guard let place = backorders.firstIndex(where: { $0.orderID == orderID && $0.lineID == lineID }) else {
            preconditionFailure("\(orderID)/\(lineID) does not wait for \(sku)")
        }
        backorders[place].quantity -= quantity
        if backorders[place].quantity == 0 { backorders.remove(at: place) }
    }
}

/// Gives an order that waits what has come in for it, first come first; the answer to its timer.
///
/// - Returns: `StockReserved` when nothing is missing any more; a part is set aside without a word.
/// - Source: DESIGN section 4, "Inventory": backorder.
func fillBackorder(
    of orderID: OrderID, given state: State<InventoryAggregate>, at now: Instant, on day: CivilDay
) -> Decision<InventoryChange> {
    guard let reservation = state.reservation(orderID), reservation.standing == .backordered else { return .nothing }
    var booking = Booking(state, reservation, at: now)
    let routing = Warehouses(state.warehouses, to: reservation.request.region)
    var granted: [StockRequest.Line] = []
    for sku in reservation.request.skus {
        let stock = booking.stock(sku)
        var reachable = routing.free(of: stock)
        for (place, backorder) in stock.backorders.enumerated() where backorder.orderID == orderID {
            let quantity = min(reachable, stock.share(of: place, state.item(sku)))
            guard quantity > 0 else { continue }
            reachable -= quantity
            granted.append(StockRequest.Line(lineID: backorder.lineID, sku: sku, quantity: quantity))
        }
    }
    guard !granted.isEmpty else { return .nothing }
    let route = routeOrder(granted, from: routing, stocks: booking.stock, items: state.item)
    booking.reserve(route.allotments)
    booking.countParcels(route.allotments, on: day)
    for line in granted { booking.change(line.sku) { $0.dequeue(orderID, line.lineID, line.quantity) } }
    booking.completeIfFilled(state, routing)
    return booking.decision()
}

extension Booking {
    /// A backordered order that misses nothing any more is reserved.
    mutating func completeIfFilled(_ state: State<InventoryAggregate>, _ warehouses: Warehouses) {
        guard let reservation, reservation.standing == .backordered, !reservation.openHoldings.isEmpty,
            !reservation.request.skus.contains(where: { sku in
                stock(sku).backorders.contains { $0.orderID == reservation.orderID }
            })
        else { return }
        changeReservation { $0.standing = .reserved }
        let parcels = reservation.allocations
        let cost = warehouses.cost(of: reservation.openHoldings, items: state.item)
        tell(
            StockReserved(
                orderID: reservation.orderID, reservation: reservation.number, allocations: parcels,
                routing: Routing(
                    parcels: Int64(parcels.count), cost: cost, why: "filled from backorder as goods came in",
                    rejected: [])))
    }
}

extension Reservation {
    /// What is open, by warehouse.
    var allocations: [WarehouseAllocation] { openHoldings.map(\.allotment).byWarehouse }
}

extension Holding {
    /// What is still open of it.
    var allotment: Allotment { Allotment(lineID: lineID, sku: sku, warehouse: warehouse, quantity: open) }
}

extension [Allotment] {
    /// Grouped for facts, warehouses in ascending order.
    var byWarehouse: [WarehouseAllocation] {
        Dictionary(grouping: self, by: \.warehouse).sorted { $0.key < $1.key }.map { warehouse, allotments in
            WarehouseAllocation(
                warehouse: warehouse,
                lines: allotments.map { LineQuantity(lineID: $0.lineID, sku: $0.sku, quantity: $0.quantity) })
        }
    }
}
