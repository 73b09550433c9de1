import Contracts

/// Books what a warehouse says has come, gone, been counted or been ordered.
///
/// - Returns: The movement and `StockMoved`; pieces on order change only what is expected. The same message again
///   changes nothing.
/// - Throws: `Fault` at `quantity` when fewer pieces would be left than are reserved, at `movementId` when that id came
///   with another content.
/// - Source: CONTRACTS, "warehouse.movement.v1"; DESIGN section 5, I1 and I2.
func moveStock(
    _ movement: WarehouseMovement, given state: State<InventoryAggregate>, at now: Instant
) throws(Fault) -> Decision<InventoryChange> {
    guard state.warehouse(movement.warehouse) != nil else { return .waits(forWarehouse: movement.warehouse) }
    let name = MovementName(sku: movement.sku, warehouse: movement.warehouse, movementID: movement.movementID)
    if let known = state.movement(name) {
        guard known.agrees(with: movement) else {
            throw Fault("came before with another content", field: "movementId")
        }
        return .nothing
    }
    var booking = Booking(state, at: now)
    guard let kind = StockMovementKind(rawValue: movement.kind.rawValue) else {
        booking.expect(movement, name)
        return booking.decision()
    }
    let level = booking.stock(movement.sku).level(movement.warehouse)
    let quantity = movement.change(of: level)
    guard level.onHand + quantity >= level.reserved else {
        throw Fault(
            "\(level.onHand + quantity) pieces would be left for \(level.reserved) reserved ones", field: "quantity")
    }
    switch movement.kind {
    case .received, .transferredIn: booking.reduceIncoming(movement)
    // The second step names the same reference; without one nobody could tell which it ends.
    case .transferredOut where movement.reference != nil: booking.expectPieces(of: movement)
    default: break
    }
    booking.move(
        name, kind, by: quantity, stated: movement.quantity, reference: movement.reference,
        occurredAt: movement.occurredAt)
    return booking.decision()
}

extension WarehouseMovement {
    /// The signed change of what is on hand.
    fileprivate func change(of level: StockLevel) -> Int64 {
        switch kind {
        case .received, .transferredIn, .adjusted: quantity
        case .scrapped, .transferredOut: -quantity
        case .counted: quantity - level.onHand
        case .ordered, .orderCancelled: 0
        }
    }
}

extension Booking {
    /// Pieces were ordered from a supplier, or the order was cancelled: nothing on hand changes.
    fileprivate mutating func expect(_ movement: WarehouseMovement, _ name: MovementName) {
        if movement.kind == .ordered {
            expectPieces(of: movement)
        } else {
            reduceIncoming(movement)
        }
        let balance = stock(movement.sku).level(movement.warehouse).onHand
        keep(
            Movement(
                name: name, kind: movement.kind.rawValue, stated: movement.quantity, quantity: 0, balance: balance,
                reference: movement.reference, occurredAt: movement.occurredAt))
    }

    /// They are on the way: from a supplier, or from another warehouse.
    fileprivate mutating func expectPieces(of movement: WarehouseMovement) {
        change(movement.sku) { $0.incoming[movement.reference ?? "", default: 0] += movement.quantity }
    }

    /// Suppliers send more than was ordered: what is expected does not fall below 0.
    fileprivate mutating func reduceIncoming(_ movement: WarehouseMovement) {
        let reference = movement.reference ?? ""
        guard let expected = stock(movement.sku).incoming[reference] else { return }
        change(movement.sku) { $0.incoming[reference] = max(0, expected - movement.quantity) }
    }
}

extension Decision<InventoryChange> {
    /// The warehouse may be in the catalog's topic already and not read yet.
    static func waits(forWarehouse id: String) -> Decision {
        .waits(for: .warehouse(id), reason: "warehouse \(id) is unknown", patience: .seconds(30))
    }
}
