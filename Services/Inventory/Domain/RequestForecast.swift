public import Contracts

/// Asks for a forecast of one SKU or of all; it is made outside of the lanes.
///
/// - Source: DESIGN section 2: what takes above 100 ms runs outside of lanes and enters its result as messages.
func requestForecast(
    _ command: RunForecast, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    if let sku = command.sku, state.stock(sku) == nil {
        return .answering(command, refusal: "\(sku) was never stocked")
    }
    let request = ForecastRequest(sku: command.sku, at: now)
    return Decision(
        changes: [.forecastRequest(request)],
        facts: [CommandAnswered(service: "inventory", commandID: command.commandID, outcome: .accepted)])
}

/// A forecast that somebody wants, until it is made.
public struct ForecastRequest: Hashable, Sendable {
    /// `nil` means every SKU.
    public let sku: String?
    public let at: Instant

    public init(sku: String?, at: Instant) {
        self.sku = sku
        self.at = at
    }

    /// What it is kept under; no SKU is written so.
    public var key: String { sku ?? "*" }
}
