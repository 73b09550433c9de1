import Contracts

/// Sets how many pieces are never sold: of one warehouse, or of the sum of all, which then no longer follows the
/// catalog.
func setSafetyStock(
    _ command: Contracts.SetSafetyStock, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    guard command.quantity >= 0 else {
        return .answering(command, refusal: "quantity \(command.quantity) is negative")
    }
    if let warehouse = command.warehouse, state.warehouse(warehouse) == nil {
        return .answering(command, refusal: "warehouse \(warehouse) is unknown")
    }
    var booking = Booking(state, at: now)
    booking.change(command.sku) { stock in
        if let warehouse = command.warehouse {
            stock.levels[warehouse, default: StockLevel()].safetyStock = command.quantity
        } else {
            stock.safetyStock = command.quantity
        }
    }
    booking.tell(CommandAnswered(service: "inventory", commandID: command.commandID, outcome: .accepted))
    return booking.decision()
}
