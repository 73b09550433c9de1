import Contracts

/// When and how the world hears of a SKU's availability.
///
/// A change is told at once, further ones within a second together at its end, so that a hot SKU does not flood its
/// topic; nothing left to sell is always told at once.
extension Stock {
    static let announcementInterval = Duration.seconds(1)

    enum AnnouncementTime: Equatable {
        case needless
        case now
        case later(Instant)
    }

    func announcement(_ item: CatalogItem?, at now: Instant) -> AnnouncementTime {
        let (available, incoming) = (available(item), incomingTotal)
        guard let announced else { return available == 0 && incoming == 0 ? .needless : .now }
        guard announced.available != available || announced.incoming != incoming else { return .needless }
        let next = announced.at + Self.announcementInterval
        if next <= now || (available == 0 && announced.available != 0) { return .now }
        return isAnnouncementDue ? .needless : .later(next)
    }

    /// Puts down what is told, and tells it.
    mutating func announce(_ item: CatalogItem?, at now: Instant) -> AvailabilityChanged {
        let available = available(item)
        announced = Announcement(available: available, incoming: incomingTotal, at: now)
        let warehouses = levels.sorted { $0.key < $1.key }.map { warehouse, level in
            WarehouseAvailability(
                warehouse: warehouse, onHand: level.onHand, reserved: level.reserved, available: level.free)
        }
        let limits = quotas.sorted { $0.key < $1.key }.map { channel, quota in
            ChannelQuota(channel: channel, available: min(available, quota.left))
        }
        return AvailabilityChanged(
            sku: sku, at: now, available: available, incoming: incomingTotal, byWarehouse: warehouses, quotas: limits)
    }
}

/// Tells what has changed since the last announcement; the answer to its timer.
func announceAvailability(
    of sku: String, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    guard state.stock(sku) != nil else { return .nothing }
    var booking = Booking(state, at: now)
    booking.change(sku) { $0.isAnnouncementDue = false }
    return booking.decision()
}

/// Tells the availability of a SKU again, changed or not; of all SKUs, it has a timer set for each outside of the lanes.
func republishAvailability(
    _ command: RepublishAvailability, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    let answer = CommandAnswered(service: "inventory", commandID: command.commandID, outcome: .accepted)
    guard let sku = command.sku else {
        return Decision(changes: [.sideRequest(SideRequest(.republish, sku: nil, at: now))], facts: [answer])
    }
    guard state.stock(sku) != nil else { return .answering(command, refusal: "\(sku) was never stocked") }
    var decision = republishAvailability(of: sku, given: state, at: now)
    decision.facts.append(answer)
    return decision
}

func republishAvailability(
    of sku: String, given state: State<InventoryAggregate>, at now: Instant
) -> Decision<InventoryChange> {
    guard var stock = state.stock(sku) else { return .nothing }
    let fact = stock.announce(state.item(sku), at: now)
    return Decision(changes: [.stock(stock)], facts: [fact])
}

extension Decision<InventoryChange> {
    /// Carries a command out, or refuses it and changes nothing.
    static func answering(_ command: any Command, refusal reason: String) -> Decision {
        Decision(
            facts: [
                CommandAnswered(
                    service: "inventory", commandID: command.commandID, outcome: .refused, reason: reason)
            ])
    }
}
