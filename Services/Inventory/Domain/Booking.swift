import Contracts

/// Collects what one decision books: each piece moves in the reservation and in the stock at once, so that the sum of
/// open holdings is what the stock has reserved (DESIGN section 5, I3).
struct Booking {
    let state: State<InventoryAggregate>
    let now: Instant
    private(set) var reservation: Reservation?
    private var stocks: [String: Stock] = [:]
    /// SKUs in the order in which they were touched, for facts in a fixed order.
    private var touched: [String] = []
    private var movements: [Movement] = []
    private var workloads: [String: Workload] = [:]
    private var facts: [any Fact] = []
    private var timers: [TimerChange] = []

    init(_ state: State<InventoryAggregate>, _ reservation: Reservation? = nil, at now: Instant) {
        self.state = state
        self.reservation = reservation
        self.now = now
    }

    func stock(_ sku: String) -> Stock { stocks[sku] ?? state.stock(sku) ?? Stock(sku: sku) }

    /// Whether any stock was changed, or looked at with that intent.
    var hasTouched: Bool { !touched.isEmpty }

    mutating func tell(_ fact: any Fact) { facts.append(fact) }

    mutating func change(_ sku: String, _ body: (inout Stock) -> Void) {
        var stock = stock(sku)
        body(&stock)
        if stocks.updateValue(stock, forKey: sku) == nil { touched.append(sku) }
    }

    mutating func changeReservation(_ body: (inout Reservation) -> Void) {
        guard var changed = reservation else { preconditionFailure("no reservation to change") }
        body(&changed)
        reservation = changed
    }

    // MARK: pieces

    mutating func reserve(_ allotments: [Allotment]) {
        for allotment in allotments {
            change(allotment.sku) { $0.levels[allotment.warehouse, default: StockLevel()].reserve(allotment.quantity) }
            changeReservation { $0.hold(allotment) }
        }
    }

    mutating func release(_ allotments: [Allotment]) {
        for allotment in allotments {
            change(allotment.sku) {
                $0.levels[allotment.warehouse, default: StockLevel()].reserve(-allotment.quantity)
            }
            changeReservation { $0.settle(allotment) { $0.released += allotment.quantity } }
            giveBackQuota(allotment.sku, allotment.quantity)
        }
    }

    /// Sets the same pieces aside elsewhere; the channel has used up no more than before.
    mutating func relocate(_ allotments: [Allotment], to warehouse: String) {
        for allotment in allotments {
            change(allotment.sku) {
                $0.levels[allotment.warehouse, default: StockLevel()].reserve(-allotment.quantity)
            }
            changeReservation { $0.settle(allotment) { $0.released += allotment.quantity } }
            reserve([
                Allotment(
                    lineID: allotment.lineID, sku: allotment.sku, warehouse: warehouse, quantity: allotment.quantity)
            ])
        }
    }

    /// Takes reserved pieces out of the warehouse; the pieces of a line that come from one warehouse are one movement.
    mutating func ship(_ allotments: [Allotment], shipmentID: String) {
        for allotment in allotments {
            change(allotment.sku) {
                $0.levels[allotment.warehouse, default: StockLevel()].reserve(-allotment.quantity)
            }
            changeReservation { $0.settle(allotment) { $0.shipped += allotment.quantity } }
            let name = MovementName(
                sku: allotment.sku, warehouse: allotment.warehouse, movementID: "\(shipmentID)/\(allotment.lineID)")
            move(name, .shipped, by: -allotment.quantity, reference: shipmentID)
        }
    }

    /// Changes what is on hand, keeps the movement and tells it; a count that finds what was expected is only kept.
    ///
    /// - Parameter stated: The number in the message, where it is not the pieces moved.
    mutating func move(
        _ name: MovementName, _ kind: StockMovementKind, by quantity: Int64, stated: Int64? = nil,
        reference: String?, occurredAt: Instant? = nil
    ) {
        change(name.sku) { $0.levels[name.warehouse, default: StockLevel()].move(quantity) }
        let balance = stock(name.sku).level(name.warehouse).onHand
        keep(
            Movement(
                name: name, kind: kind.rawValue, stated: stated ?? abs(quantity), quantity: quantity,
                balance: balance, reference: reference, occurredAt: occurredAt ?? now))
        guard quantity != 0 else { return }
        tell(
            StockMoved(
                movementID: name.movementID, sku: name.sku, warehouse: name.warehouse, kind: kind,
                quantity: quantity, balance: balance, reference: reference))
    }

    mutating func keep(_ movement: Movement) { movements.append(movement) }

    func changedWorkload(_ warehouse: String) -> Workload? { workloads[warehouse] }

    mutating func change(_ workload: Workload) { workloads[workload.warehouse] = workload }

    // MARK: the end

    /// Everything booked, with what the world must hear about the SKUs touched.
    func decision() -> Decision<InventoryChange> {
        var booking = self
        for sku in touched { booking.announce(sku, state.item(sku)) }
        return booking.changes()
    }

    /// For a SKU whose catalog entry has just changed.
    func decision(with item: CatalogItem) -> Decision<InventoryChange> {
        var booking = self
        if !touched.contains(item.sku), state.stock(item.sku) != nil { booking.change(item.sku) { _ in } }
        booking.announce(item.sku, item)
        var decision = booking.changes()
        decision.changes.insert(.item(item), at: 0)
        return decision
    }

    private func changes() -> Decision<InventoryChange> {
        var changes: [InventoryChange] = []
        if let reservation, reservation != state.reservation(reservation.orderID) {
            changes.append(.reservation(reservation))
        }
        for sku in touched where stocks[sku] != state.stock(sku) { changes.append(.stock(stock(sku))) }
        changes += workloads.sorted { $0.key < $1.key }.map { .workload($0.value) }
        changes += movements.map(InventoryChange.movement)
        return Decision(changes: changes, facts: facts, timers: timers)
    }

    private mutating func announce(_ sku: String, _ item: CatalogItem?) {
        guard stocks[sku] != nil else { return }
        let woken = stock(sku).wokenBackorders(since: state.stock(sku), item)
        timers += woken.map { .set(kind: TimerKind.fillBackorder, key: $0.text, due: now) }
        var stock = stock(sku)
        if let alert = stock.watch(item, at: now) { facts.append(alert) }
        switch stock.announcement(item, at: now) {
        case .needless: break
        case .now: facts.append(stock.announce(item, at: now))
        case .later(let due):
            stock.isAnnouncementDue = true
            timers.append(.set(kind: TimerKind.availability, key: sku, due: due))
        }
        stocks[sku] = stock
    }
}

extension StockLevel {
    /// Sets pieces aside, or free again when negative.
    fileprivate mutating func reserve(_ quantity: Int64) {
        let (after, held) = (reserved + quantity, onHand)
        precondition(after >= 0 && after <= held, "reserved \(after) of \(held) on hand")
        reserved = after
    }

    fileprivate mutating func move(_ quantity: Int64) {
        let (after, promised) = (onHand + quantity, reserved)
        precondition(after >= promised, "\(after) on hand for \(promised) reserved")
        onHand = after
    }
}

extension Reservation {
    fileprivate mutating func hold(_ allotment: Allotment) {
        if let index = index(of: allotment) {
            holdings[index].quantity += allotment.quantity
        } else {
            holdings.append(
                Holding(
                    number: number, lineID: allotment.lineID, sku: allotment.sku, warehouse: allotment.warehouse,
                    quantity: allotment.quantity))
        }
    }

    fileprivate mutating func settle(_ allotment: Allotment, _ body: (inout Holding) -> Void) {
        guard let index = index(of: allotment), holdings[index].open >= allotment.quantity else {
            preconditionFailure("\(allotment.quantity) of \(orderID)/\(allotment.lineID) are not open")
        }
        body(&holdings[index])
    }

    private func index(of allotment: Allotment) -> Int? {
        holdings.firstIndex {
            $0.number == number && $0.lineID == allotment.lineID && $0.sku == allotment.sku
                && $0.warehouse == allotment.warehouse
        }
    }
}
