public import Contracts

/// By how much the counters of a SKU in a warehouse are below what its movements and open reservations add up to.
///
/// A difference, because the counters may have moved on in this batch, and the books with them.
public struct StockDifference: Hashable, Sendable {
    public let onHand: Int64
    public let reserved: Int64

    public init(onHand: Int64, reserved: Int64) {
        self.onHand = onHand
        self.reserved = reserved
    }

    static let none = StockDifference(onHand: 0, reserved: 0)
}

/// A counter that was set to what its books say, with what it was before.
public struct StockRepair: Hashable, Sendable {
    public let commandID: String
    public let actor: String
    public let reason: String
    public let sku: String
    public let warehouse: String
    public let before: StockLevel
    public let after: StockLevel
    public let at: Instant
}

/// Sets the counters of a SKU in a warehouse to what its movements and open reservations add up to, and keeps who had it
/// done, why, and what they were.
///
/// - Returns: A refusal when nothing differs, and when more is reserved than the movements left: then a count of the
///   shelf has to say what is there.
/// - Source: DESIGN section 5, I2 and I3.
func repairStock(
    _ command: Contracts.RepairStock, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    guard let difference = state.difference(command.sku, command.warehouse) else {
        return .answering(command, refusal: "\(command.sku) was never stocked in \(command.warehouse)")
    }
    guard difference != .none else { return .answering(command, refusal: "its counters are what its books say") }
    let level = state.stock(command.sku)?.level(command.warehouse) ?? StockLevel()
    let (onHand, reserved) = (level.onHand + difference.onHand, level.reserved + difference.reserved)
    guard reserved >= 0, reserved <= onHand else {
        return .answering(
            command, refusal: "movements left \(onHand) pieces for \(reserved) reserved ones: count them")
    }
    let after = StockLevel(onHand: onHand, reserved: reserved, safetyStock: level.safetyStock)
    var booking = Booking(state, at: now)
    booking.change(command.sku) { $0.levels[command.warehouse] = after }
    booking.tell(CommandAnswered(service: "inventory", commandID: command.commandID, outcome: .accepted))
    var decision = booking.decision()
    decision.changes.append(.settled(command.sku, command.warehouse))
    decision.changes.append(
        .repair(
            StockRepair(
                commandID: command.commandID, actor: command.actor, reason: command.reason, sku: command.sku,
                warehouse: command.warehouse, before: level, after: after, at: now)))
    return decision
}
