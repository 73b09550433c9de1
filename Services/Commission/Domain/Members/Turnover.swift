public import Contracts

/// What an order added to, or took from, its seller's turnover; written once, like the ledger.
///
/// - Units: minor units; goods paid without freight, of orders that have matured.
public struct Turnover: Sendable, Equatable {
    public let orderID: OrderID
    /// Counts the changes of one order from 1.
    public let number: Int64
    public let seller: String
    /// Whose first level the seller is.
    public let parent: String?
    public let currency: String
    public let amount: Int64
    public let at: Instant

    public init(
        orderID: OrderID, number: Int64, seller: String, parent: String?, currency: String, amount: Int64, at: Instant
    ) {
        self.orderID = orderID
        self.number = number
        self.seller = seller
        self.parent = parent
        self.currency = currency
        self.amount = amount
        self.at = at
    }

    public var id: String { "\(orderID)-T\(number)" }
}
