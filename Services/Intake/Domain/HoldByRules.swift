import Contracts

extension OrderStep {
    /// Holds a new order that the channel's rules or a block of its buyer want looked at.
    ///
    /// - Parameter buyer: What was known of the buyer before this order.
    /// - Source: issue of intake, "holds".
    mutating func holdByRules(_ message: ChannelOrder, _ channel: CatalogChannel, _ buyer: BuyerRecord?) {
        guard !order.placed.historical else { return }
        if buyer?.isBlocked == true { putOnHold(.blockedBuyer, because: "the buyer is blocked") }
        guard let rules = channel.holds else { return }
        if let limit = rules.amountAbove, order.placed.total > limit {
            putOnHold(.amount, because: "\(order.placed.total) is above \(limit)")
        }
        if rules.incompleteAddress, let missing = message.missingOfAddress {
            putOnHold(.incompleteAddress, because: "\(missing) is missing")
        }
        if let count = rules.velocityOrders, let minutes = rules.velocityMinutes, let buyer {
            let orders = buyer.orderCount(within: minutes, upTo: order.placed.placedAt) + 1
            if orders >= count {
                putOnHold(.velocity, because: "order \(orders) of the buyer within \(minutes) minutes")
            }
        }
    }
}

extension ChannelOrder {
    /// What a carrier would have to know and nobody has said; only the platform can read a sealed address.
    var missingOfAddress: String? {
        guard delivery == .express || delivery == .local else { return nil }
        guard let shipTo else { return "the address" }
        guard shipTo.sealed == nil else { return nil }
        if (shipTo.name ?? "").isEmpty { return "the receiver" }
        if (shipTo.phone ?? "").isEmpty { return "the phone" }
        return (shipTo.street ?? "").isEmpty ? "the street" : nil
    }
}
