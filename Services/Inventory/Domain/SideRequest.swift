public import Contracts

/// What somebody wants done outside of the lanes, until it is done.
///
/// - Source: DESIGN section 2: what takes above 100 ms runs outside of lanes and enters its result as messages.
public struct SideRequest: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case forecast
        case republish
    }

    public let kind: Kind
    /// `nil` means every SKU.
    public let sku: String?
    public let at: Instant

    public init(_ kind: Kind, sku: String?, at: Instant) {
        self.kind = kind
        self.sku = sku
        self.at = at
    }
}

/// Asks for a forecast of one SKU or of all.
func requestForecast(
    _ command: RunForecast, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    if let sku = command.sku, state.stock(sku) == nil {
        return .answering(command, refusal: "\(sku) was never stocked")
    }
    return Decision(
        changes: [.sideRequest(SideRequest(.forecast, sku: command.sku, at: now))],
        facts: [CommandAnswered(service: "inventory", commandID: command.commandID, outcome: .accepted)])
}
