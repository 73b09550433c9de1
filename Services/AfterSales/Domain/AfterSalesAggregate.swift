public import Contracts

/// What after-sales keeps.
public indirect enum AfterSalesAggregate: Sendable, Equatable {
    case order(OrderAccount)
    case channel(ChannelTerms)
    case item(ItemPrice)
    case buyer(BuyerHistory)
    case earnings(OrderEarnings)
}

/// How often a buyer has asked for something before.
public struct BuyerHistory: Sendable, Equatable {
    /// `channel/externalBuyerId`.
    public let buyerID: String
    public var cases: Int64

    public init(buyerID: String, cases: Int64) {
        self.buyerID = buyerID
        self.cases = cases
    }
}

/// What an item costs by now; exchanges for another SKU are measured by it.
public struct ItemPrice: Sendable, Equatable {
    public let sku: String
    public let price: Int64
    public let isActive: Bool

    public init(sku: String, price: Int64, isActive: Bool) {
        self.sku = sku
        self.price = price
        self.isActive = isActive
    }
}

/// Who decides about an order's money and cases: we or the platform it came through.
public struct ChannelTerms: Sendable, Equatable {
    public let channel: String
    public let followsPlatform: Bool
    /// `nil`: the usual ones.
    public let rules: [AfterSalesRule]?

    public init(channel: String, followsPlatform: Bool, rules: [AfterSalesRule]? = nil) {
        self.channel = channel
        self.followsPlatform = followsPlatform
        self.rules = rules
    }
}

extension State<AfterSalesAggregate> {
    /// An order under any of its names.
    public func order(_ key: Key) -> OrderAccount? {
        guard case .order(let account) = self[key] else { return nil }
        return account
    }

    public func item(_ sku: String) -> ItemPrice? {
        guard case .item(let item) = self[.item(sku)] else { return nil }
        return item
    }

    public func buyer(_ buyerID: String) -> BuyerHistory? {
        guard case .buyer(let history) = self[.buyer(buyerID)] else { return nil }
        return history
    }

    /// `nil` also when nobody asked for them.
    public func earnings(_ orderID: OrderID) -> OrderEarnings? {
        guard isLoaded(.earnings(orderID)), case .earnings(let earnings) = self[.earnings(orderID)] else { return nil }
        return earnings
    }

    public func channel(_ channel: String) -> ChannelTerms? {
        guard case .channel(let terms) = self[.channel(channel)] else { return nil }
        return terms
    }
}

extension AfterSalesAggregate {
    /// The further names of an order; `ready` only once a request about it can be decided.
    public var aliases: [Key] {
        guard case .order(let account) = self else { return [] }
        let external = Key.external(account.placed.channel, account.placed.externalOrderID)
        return account.isReady ? [external, .ready(account.orderID)] : [external]
    }
}
