import Contracts

/// Sets stock aside for a new order: all of it or nothing, unless what is short may be waited for.
///
/// - Returns: `StockReserved`, `StockBackordered`, or `StockRejected` with each shortage. An order that came before
///   changes nothing. One with reservation 0 is kept and asks for nothing: its lines are not matched yet. So is a
///   historical one, for the forecast.
/// - Throws: `Fault` when a quantity is not positive or a line stands twice.
/// - Source: DESIGN section 4, "Inventory".
func reserveStock(
    for order: OrderPlaced, given state: State<InventoryAggregate>, at now: Instant, on day: CivilDay
) throws(Fault) -> Decision<InventoryChange> {
    guard state.reservation(order.orderID) == nil else { return .nothing }
    try checkLines(order.lines)
    let reservation = Reservation(
        orderID: order.orderID, placedAt: order.placedAt, request: StockRequest(order).matched(by: state),
        number: order.historical ? 0 : order.reservation, standing: order.historical ? .historical : .unasked)
    guard reservation.number > 0 else { return Decision(changes: [.reservation(reservation)]) }
    return askForStock(reservation, given: state, at: now, on: day)
}

/// Asks again for an order that was cancelled and then paid, or whose lines are matched only now.
///
/// - Returns: The same as for a new order, under the new number; nothing when that number was asked for already.
func reserveStock(
    again order: OrderReinstated, given state: State<InventoryAggregate>, at now: Instant, on day: CivilDay
) -> Decision<InventoryChange> {
    guard var reservation = state.reservation(order.orderID) else { return .waits(forOrder: order.orderID) }
    guard order.reservation > reservation.number, reservation.standing != .historical else { return .nothing }
    var booking = Booking(state, reservation, at: now)
    booking.releaseAll(reason: "asked again as reservation \(order.reservation)")
    reservation = booking.reservation ?? reservation
    reservation.number = order.reservation
    reservation.request = reservation.request.matched(by: state)
    booking.changeReservation { $0 = reservation }
    booking.ask(on: day)
    return booking.decision()
}

/// Asks for the stock of an order whose lines are known only now, or are others now under a higher number.
///
/// What was asked for already stays as it is while its number does.
func reserveStock(
    revised order: OrderRevised, given state: State<InventoryAggregate>, at now: Instant, on day: CivilDay
) throws(Fault) -> Decision<InventoryChange> {
    guard var reservation = state.reservation(order.orderID) else { return .waits(forOrder: order.orderID) }
    let isOpen = reservation.standing == .unasked || reservation.standing == .historical
    guard isOpen || order.reservation > reservation.number else {
        // It goes elsewhere: that matters if it is ever asked for again.
        guard reservation.request.region != order.region else { return .nothing }
        reservation.request = StockRequest(
            channel: reservation.request.channel, region: order.region, lines: reservation.request.lines)
        return Decision(changes: [.reservation(reservation)])
    }
    try checkLines(order.lines)
    let request = StockRequest(order, of: reservation.request.channel).matched(by: state)
    guard request != reservation.request || order.reservation > reservation.number else { return .nothing }
    if reservation.standing == .historical {
        reservation.request = request
        return Decision(changes: [.reservation(reservation)])
    }
    var booking = Booking(state, reservation, at: now)
    booking.releaseAll(reason: "asked again as reservation \(order.reservation)")
    reservation = booking.reservation ?? reservation
    reservation.request = request
    reservation.number = order.reservation
    booking.changeReservation { $0 = reservation }
    if order.reservation > 0 { booking.ask(on: day) }
    return booking.decision()
}

private func checkLines(_ lines: [PlacedLine]) throws(Fault) {
    var seen: Set<String> = []
    for (index, line) in lines.enumerated() {
        guard line.quantity > 0, line.piecesPerUnit > 0 else {
            throw Fault("quantity \(line.quantity) is not positive", field: "lines[\(index)].quantity")
        }
        guard seen.insert(line.lineID).inserted else { throw Fault("stands twice", field: "lines[\(index)].lineId") }
    }
}

private func askForStock(
    _ reservation: Reservation, given state: State<InventoryAggregate>, at now: Instant, on day: CivilDay
) -> Decision<InventoryChange> {
    var booking = Booking(state, reservation, at: now)
    booking.ask(on: day)
    return booking.decision()
}

extension Booking {
    /// Decides the reservation's request under its number.
    fileprivate mutating func ask(on day: CivilDay) {
        guard let reservation else { preconditionFailure("nothing is asked") }
        let warehouses = Warehouses(state.warehouses, to: reservation.request.region)
        let shortages = shortages(of: reservation.request, warehouses)
        changeReservation { [now] in $0.askedAt = now }
        if shortages.isEmpty {
            // What a day's room is too small for is sent all the same: better late than not at all.
            let open = withRoom(warehouses, on: day)
            let enough = self.shortages(of: reservation.request, open).isEmpty ? open : warehouses
            let route = routeOrder(reservation.request.lines, from: enough, stocks: stock, items: state.item)
            changeReservation { $0.standing = .reserved }
            reserve(route.allotments)
            countParcels(route.allotments, on: day)
            countSold(reservation.request.lines, by: reservation.request.channel)
            tell(
                StockReserved(
                    orderID: reservation.orderID, reservation: reservation.number,
                    allocations: route.allotments.byWarehouse, routing: route.routing))
        } else if shortages.allSatisfy({ mayWait($0, for: reservation.request.channel) }) {
            backorder(reservation, shortages, warehouses, on: day)
            countSold(reservation.request.lines, by: reservation.request.channel)
        } else {
            changeReservation { $0.standing = .rejected }
            tell(
                StockRejected(
                    orderID: reservation.orderID, reservation: reservation.number, shortages: shortages))
        }
    }

    /// What is short may be waited for, unless it is the channel's limit that is short.
    private func mayWait(_ shortage: Shortage, for channel: String) -> Bool {
        let left = stock(shortage.sku).quotas[channel]?.left ?? .max
        return shortage.wanted <= left && state.item(shortage.sku)?.backorder ?? false
    }

    /// SKUs of which fewer pieces are available to the channel, and can be sent to the order, than it wants.
    private func shortages(of request: StockRequest, _ warehouses: Warehouses) -> [Shortage] {
        request.skus.compactMap { sku in
            let wanted = request.lines.reduce(Int64(0)) { $0 + ($1.sku == sku ? $1.quantity : 0) }
            let stock = stock(sku)
            let allowed = stock.quotas[request.channel]?.left ?? .max
            let available = min(stock.available(state.item(sku)), warehouses.free(of: stock), allowed)
            return wanted > available ? Shortage(sku: sku, wanted: wanted, available: available) : nil
        }
    }

    /// Sets aside what is there and puts the rest at the end of the queues.
    private mutating func backorder(
        _ reservation: Reservation, _ shortages: [Shortage], _ warehouses: Warehouses, on day: CivilDay
    ) {
        var available = Dictionary(uniqueKeysWithValues: shortages.map { ($0.sku, $0.available) })
        var present: [StockRequest.Line] = []
        var missing: [LineQuantity] = []
        for line in reservation.request.lines {
            let there = min(line.quantity, available[line.sku] ?? line.quantity)
            available[line.sku]? -= there
            if there > 0 { present.append(StockRequest.Line(lineID: line.lineID, sku: line.sku, quantity: there)) }
            let rest = line.quantity - there
            if rest > 0 { missing.append(LineQuantity(lineID: line.lineID, sku: line.sku, quantity: rest)) }
        }
        changeReservation { $0.standing = .backordered }
        var allocations: [WarehouseAllocation] = []
        if !present.isEmpty {
            let route = routeOrder(present, from: warehouses, stocks: stock, items: state.item)
            reserve(route.allotments)
            countParcels(route.allotments, on: day)
            allocations = route.allotments.byWarehouse
        }
        for line in missing {
            change(line.sku) { stock in
                stock.backorders.append(
                    Backorder(orderID: reservation.orderID, lineID: line.lineID, quantity: line.quantity))
            }
        }
        tell(
            StockBackordered(
                orderID: reservation.orderID, reservation: reservation.number, allocations: allocations,
                missing: missing))
    }
}

extension Decision<InventoryChange> {
    /// The order has not been placed yet as far as inventory knows: its messages come by several topics.
    static func waits(forOrder orderID: OrderID) -> Decision {
        .waits(for: .reservation(orderID), reason: "order \(orderID) was not placed")
    }
}
