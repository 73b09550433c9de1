public import Contracts

/// How many pieces of a SKU one channel may sell, counted from when the limit was set.
///
/// - Shape: what the channel's orders hold or have been sent counts, and what they wait for; what they give back does not.
/// - Source: DESIGN section 4, "optional quota per channel".
public struct Quota: Hashable, Sendable {
    public let limit: Int64
    public internal(set) var sold: Int64
    public let since: Instant

    public init(limit: Int64, sold: Int64 = 0, since: Instant) {
        self.limit = limit
        self.sold = sold
        self.since = since
    }

    public var left: Int64 { max(0, limit - sold) }
}

/// Limits what a channel may sell of a SKU from now on, or ends the limit; told with the availability at once.
func setChannelQuota(
    _ command: Contracts.SetChannelQuota, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    if let quantity = command.quantity, quantity < 0 {
        return .answering(command, refusal: "quantity \(quantity) is negative")
    }
    guard var stock = state.stock(command.sku) else {
        return .answering(command, refusal: "\(command.sku) was never stocked")
    }
    stock.quotas[command.channel] = command.quantity.map { Quota(limit: $0, since: now) }
    let fact = stock.announce(state.item(command.sku), at: now)
    let answer = CommandAnswered(service: "inventory", commandID: command.commandID, outcome: .accepted)
    return Decision(changes: [.stock(stock)], facts: [fact, answer])
}

extension Booking {
    /// Counts what the order's channel has sold, once for all that an order asks for.
    mutating func countSold(_ lines: [StockRequest.Line], by channel: String) {
        for line in lines where stock(line.sku).quotas[channel] != nil {
            change(line.sku) { $0.quotas[channel]?.sold += line.quantity }
        }
    }

    /// Counts pieces back that the order had asked for under the present limit.
    mutating func giveBackQuota(_ sku: String, _ quantity: Int64) {
        guard let reservation, let askedAt = reservation.askedAt,
            let quota = stock(sku).quotas[reservation.request.channel], askedAt > quota.since
        else { return }
        change(sku) { $0.quotas[reservation.request.channel]?.sold = max(0, quota.sold - quantity) }
    }
}
