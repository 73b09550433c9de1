import Contracts

/// What has not left of an order shall come from another warehouse, and inventory has not answered yet.
public struct StockMove: Equatable, Sendable {
    public let requestID: String
    public let warehouse: String

    public init(requestID: String, warehouse: String) {
        self.requestID = requestID
        self.warehouse = warehouse
    }
}

extension Order {
    /// Shipments that another warehouse could send instead: what people have in hand, or packed together, stays.
    func movable(to warehouse: String) -> [Shipment] {
        shipments.filter {
            $0.isOpen && $0.direction == .out && $0.warehouse != warehouse && !$0.isPackedTogether && $0.waveID == nil
        }
    }

    /// Inventory is asked to set its pieces aside elsewhere, and nobody here knows where they are.
    func isMoving(_ shipment: Shipment) -> Bool {
        move.map { movable(to: $0.warehouse).contains { $0.shipmentID == shipment.shipmentID } } ?? false
    }

    /// The order once its stock was moved: what was planned elsewhere is cancelled, and to be planned there.
    func moved(by answer: StockReallocated) -> (order: Order, cancelled: [Shipment]) {
        guard let confirmed else { return (self, []) }
        let cancelled = movable(to: answer.warehouse).map { shipment in
            var shipment = shipment
            shipment.state = .cancelled
            return shipment
        }
        let order = applying(.shipments(cancelled)).applying(.confirmed(confirmed.moving(answer))).applying(
            .moving(nil))
        return (order, cancelled)
    }
}

extension OrderConfirmed {
    /// With the pieces of `answer` in its warehouse instead of where they were.
    fileprivate func moving(_ answer: StockReallocated) -> OrderConfirmed {
        var rest = allocations
        var arrived: [LineQuantity] = []
        for former in answer.allocations {
            for piece in former.lines {
                arrived.append(piece)
                rest = rest.map { $0.warehouse == former.warehouse ? $0.without(piece) : $0 }
            }
        }
        return OrderConfirmed(
            orderID: orderID, reservation: reservation,
            allocations: rest.filter { !$0.lines.isEmpty }
                + [WarehouseAllocation(warehouse: answer.warehouse, lines: arrived)],
            confirmedAt: confirmedAt, version: version)
    }
}

extension WarehouseAllocation {
    fileprivate func without(_ piece: LineQuantity) -> WarehouseAllocation {
        var left = piece.quantity
        var kept: [LineQuantity] = []
        for line in lines {
            guard line.lineID == piece.lineID, line.sku == piece.sku else {
                kept.append(line)
                continue
            }
            let taken = min(left, line.quantity)
            left -= taken
            if line.quantity > taken {
                kept.append(LineQuantity(lineID: line.lineID, sku: line.sku, quantity: line.quantity - taken))
            }
        }
        return WarehouseAllocation(warehouse: warehouse, lines: kept)
    }
}

extension Draft {
    /// Asks inventory for stock elsewhere; what is asked for stays until it answers. Answers why not.
    mutating func move(to warehouse: String, for command: CommandHead, given state: State<FulfilmentAggregate>)
        -> String?
    {
        guard let confirmed = order.confirmed else { return "order \(order.orderID) is \(order.phase.rawValue)" }
        guard order.move == nil else { return "the order is being moved already" }
        guard state.warehouse(warehouse) != nil else { return "warehouse \(warehouse) is unknown" }
        let shipments = order.movable(to: warehouse)
        guard !shipments.isEmpty else { return "nothing of order \(order.orderID) can be moved to \(warehouse)" }
        var allocations: [WarehouseAllocation] = []
        for shipment in shipments {
            allocations.append(WarehouseAllocation(warehouse: shipment.warehouse, lines: shipment.pieces))
        }
        change(.moving(StockMove(requestID: command.commandID, warehouse: warehouse)))
        tell(
            ReallocationRequested(
                orderID: order.orderID, requestID: command.commandID, reservation: confirmed.reservation,
                warehouse: warehouse, allocations: allocations))
        dropIdleTimer()
        return nil
    }
}

/// Inventory has moved the stock, and the parcels are planned anew; or it could not, and they go on.
func moveOrder(
    _ answer: StockReallocated, given state: State<FulfilmentAggregate>, at now: Instant, _ rules: FulfilmentRules
) -> FulfilmentDecision {
    guard let order = state.order(answer.orderID), order.move?.requestID == answer.requestID else { return .nothing }
    var draft = Draft(order, given: state, rules, at: now)
    guard answer.refusal == nil, order.phase == .confirmed else {
        draft.change(.moving(nil))
        if let refusal = answer.refusal, let shipment = order.movable(to: answer.warehouse).first {
            draft.tellException(of: shipment, reason: "not moved to \(answer.warehouse): \(refusal)", at: now)
        }
        draft.setDispatchTimer()
        return draft.decision
    }
    let (moved, cancelled) = order.moved(by: answer)
    draft.change(.shipments(cancelled))
    for shipment in cancelled { draft.tellCancellation(of: shipment, reason: "moved to \(answer.warehouse)") }
    if let confirmed = moved.confirmed { draft.change(.confirmed(confirmed)) }
    draft.change(.moving(nil))
    if let wait = draft.plan(moved.confirmed?.allocations ?? [], given: state, rules) { return wait }
    return draft.decision
}
