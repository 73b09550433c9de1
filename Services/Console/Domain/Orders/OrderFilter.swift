public import Contracts

/// Which orders somebody wants to see, and in which order.
public struct OrderFilter: Sendable, Equatable {
    public var tab = OrderTab.all
    /// Whatever was typed into the one field for searching.
    public var search: String?
    public var channel: String?
    public var state: OrderStage?
    public var stock: StockStage?
    public var refund: RefundStage?
    public var warehouse: String?
    public var seller: String?
    /// Who sold it, or one of those above the seller then.
    public var member: String?
    /// Of one of its items by now.
    public var category: String?
    public var money: OrderMoneyStage?
    public var currency: String?
    public var sku: String?
    public var flag: String?
    /// Days of placing, both included.
    public var from: CivilDay?
    public var to: CivilDay?
    /// Minor units, both included.
    public var minimum: Int64?
    public var maximum: Int64?
    public var sort = OrderSort.newest

    public init() {}

    /// Text of at most so many bytes in each field.
    public static let longestText = 200
    public static let amounts: ClosedRange<Int64> = 0...1_000_000_000_000

    /// The filter as it stands in an address, in one order; what is not asked is not there.
    public var items: [(name: String, value: String)] {
        let all: [(String, String?)] = [
            ("view", tab == .all ? nil : tab.rawValue), ("q", search), ("channel", channel),
            ("state", state?.rawValue), ("stock", stock?.rawValue), ("refund", refund?.rawValue),
            ("warehouse", warehouse), ("seller", seller), ("member", member), ("sku", sku),
            ("category", category), ("money", money?.rawValue), ("currency", currency), ("flag", flag),
            ("from", from?.description), ("to", to?.description), ("min", minimum.map(Self.amount)),
            ("max", maximum.map(Self.amount)), ("sort", sort == .newest ? nil : sort.rawValue),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }

    /// Whether it asks for more than a view.
    public var isNarrowed: Bool { items.contains { $0.name != "view" && $0.name != "sort" } }

    /// `12.30` of 1230.
    public static func amount(_ minorUnits: Int64) -> String {
        let cents = minorUnits % 100
        return "\(minorUnits / 100)" + (cents == 0 ? "" : cents < 10 ? ".0\(cents)" : ".\(cents)")
    }
}

/// Whose money reports add up.
public enum OrderMoneyStage: String, CaseIterable, Sendable {
    /// Paid and not cancelled.
    case sold
    /// Something was paid, whatever became of it.
    case paid
    /// Some of it went back.
    case refunded
}

/// How much of an order's money went back.
public enum RefundStage: String, CaseIterable, Sendable {
    case none, partial, full
}
