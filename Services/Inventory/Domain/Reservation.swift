public import Contracts

/// What one order asked of the stock and what became of it.
public struct Reservation: Equatable, Sendable {
    public enum Standing: String, CaseIterable, Sendable {
        /// Its lines are not matched yet; nothing was asked.
        case unasked
        case reserved
        case backordered
        case rejected
        case released
        /// It was over before it came: it only says what was asked for.
        case historical
    }

    public let orderID: OrderID
    /// When the buyer asked; `nil` for orders from before this was kept.
    public let placedAt: Instant?
    public internal(set) var request: StockRequest
    /// When stock was asked for last.
    public internal(set) var askedAt: Instant?
    /// The number under which stock was asked for last; facts echo it.
    public internal(set) var number: Int64
    public internal(set) var standing: Standing
    /// Of all numbers; only those of the current one can be open.
    public internal(set) var holdings: [Holding]
    /// Shipments, refunds, inspections and cases that were taken into account.
    public internal(set) var references: Set<String>
    /// The database has a row of it.
    public let isStored: Bool

    public init(
        orderID: OrderID, placedAt: Instant? = nil, request: StockRequest, number: Int64, standing: Standing,
        askedAt: Instant? = nil, holdings: [Holding] = [], references: Set<String> = [], isStored: Bool = false
    ) {
        self.orderID = orderID
        self.placedAt = placedAt
        self.askedAt = askedAt
        self.request = request
        self.number = number
        self.standing = standing
        self.holdings = holdings
        self.references = references
        self.isStored = isStored
    }

    public var openHoldings: [Holding] { holdings.filter { $0.number == number && $0.open > 0 } }
}

/// Pieces of an order line that one warehouse set aside; each has one fate.
///
/// - Shape: `shipped + released ≤ quantity`; what is neither is open.
/// - Source: DESIGN section 5, I3 and I5.
public struct Holding: Hashable, Sendable {
    public let number: Int64
    public let lineID: String
    public let sku: String
    public let warehouse: String
    public internal(set) var quantity: Int64
    public internal(set) var shipped: Int64
    public internal(set) var released: Int64

    public init(
        number: Int64, lineID: String, sku: String, warehouse: String, quantity: Int64, shipped: Int64 = 0,
        released: Int64 = 0
    ) {
        self.number = number
        self.lineID = lineID
        self.sku = sku
        self.warehouse = warehouse
        self.quantity = quantity
        self.shipped = shipped
        self.released = released
    }

    public var open: Int64 { quantity - shipped - released }
}

/// Pieces of one order line in one warehouse.
public struct Allotment: Hashable, Sendable {
    public let lineID: String
    public let sku: String
    public let warehouse: String
    public let quantity: Int64

    public init(lineID: String, sku: String, warehouse: String, quantity: Int64) {
        self.lineID = lineID
        self.sku = sku
        self.warehouse = warehouse
        self.quantity = quantity
    }
}
