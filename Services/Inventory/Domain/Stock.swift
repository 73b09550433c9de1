public import Contracts

/// All that is known of one SKU's pieces: where they lie, what is promised, what is on order, who waits.
public struct Stock: Hashable, Sendable {
    public let sku: String
    /// By warehouse.
    public internal(set) var levels: [String: StockLevel]
    /// Held back from the sum of all warehouses; `nil` while the catalog's value holds.
    public internal(set) var safetyStock: Int64?
    /// By channel.
    public internal(set) var quotas: [String: Quota] {
        didSet { if quotas.count < oldValue.count { isQuotaEnded = true } }
    }
    /// The database may hold a limit that has ended.
    public private(set) var isQuotaEnded = false
    /// Pieces on order from suppliers, by the order's reference; empty text for one without.
    public internal(set) var incoming: [String: Int64]
    /// Orders that wait for pieces, first come first.
    public internal(set) var backorders: [Backorder] { didSet { isQueueChanged = true } }
    /// The queue differs from the stored one.
    public private(set) var isQueueChanged = false
    /// The stock was said to be low and has not recovered.
    public internal(set) var isLow: Bool
    /// Pieces expected to be asked for until a new order could come; `nil` while nothing is forecast.
    public internal(set) var coverDemand: Int64?
    /// What was suggested to buy last.
    public internal(set) var suggestion: Suggestion?
    /// What the world was told last.
    public internal(set) var announced: Announcement?
    /// A timer stands that will tell the world.
    public internal(set) var isAnnouncementDue: Bool
    /// The database has a row of it.
    public let isStored: Bool

    public init(
        sku: String, levels: [String: StockLevel] = [:], safetyStock: Int64? = nil, quotas: [String: Quota] = [:],
        incoming: [String: Int64] = [:], backorders: [Backorder] = [], isLow: Bool = false, coverDemand: Int64? = nil,
        suggestion: Suggestion? = nil, announced: Announcement? = nil, isAnnouncementDue: Bool = false,
        isStored: Bool = false
    ) {
        self.sku = sku
        self.levels = levels
        self.safetyStock = safetyStock
        self.quotas = quotas
        self.incoming = incoming
        self.backorders = backorders
        self.isLow = isLow
        self.coverDemand = coverDemand
        self.suggestion = suggestion
        self.announced = announced
        self.isAnnouncementDue = isAnnouncementDue
        self.isStored = isStored
    }

    public func level(_ warehouse: String) -> StockLevel { levels[warehouse] ?? StockLevel() }

    /// Pieces that those in the queue, in their order, may be given.
    public func grantable(_ item: CatalogItem?) -> Int64 {
        let free = levels.values.reduce(0) { $0 + $1.free }
        return max(0, free - (safetyStock ?? item?.safetyStock ?? 0))
    }

    /// Pieces that a newcomer may be given: what is free, less the safety stock, less what others wait for.
    public func available(_ item: CatalogItem?) -> Int64 {
        max(0, grantable(item) - backorders.reduce(0) { $0 + $1.quantity })
    }

    public var incomingTotal: Int64 { incoming.values.reduce(0, +) }

    /// What can be sold once all has come that is on order and all have got what they wait for; negative when more is
    /// promised.
    func position(_ item: CatalogItem?) -> Int64 {
        let free = levels.values.reduce(0) { $0 + $1.free }
        let waiting = backorders.reduce(0) { $0 + $1.quantity }
        return free - (safetyStock ?? item?.safetyStock ?? 0) - waiting + incomingTotal
    }
}

/// What was suggested to buy.
public struct Suggestion: Hashable, Sendable {
    public let id: String
    public let quantity: Int64
    /// It was taken as ordered.
    public internal(set) var isAccepted: Bool

    public init(id: String, quantity: Int64, isAccepted: Bool = false) {
        self.id = id
        self.quantity = quantity
        self.isAccepted = isAccepted
    }
}

/// Pieces that an order line waits for.
public struct Backorder: Hashable, Sendable {
    public let orderID: OrderID
    public let lineID: String
    public internal(set) var quantity: Int64

    public init(orderID: OrderID, lineID: String, quantity: Int64) {
        self.orderID = orderID
        self.lineID = lineID
        self.quantity = quantity
    }
}

/// What an `AvailabilityChanged` said, and when.
public struct Announcement: Hashable, Sendable {
    public let available: Int64
    public let incoming: Int64
    public let at: Instant

    public init(available: Int64, incoming: Int64, at: Instant) {
        self.available = available
        self.incoming = incoming
        self.at = at
    }
}
