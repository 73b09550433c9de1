/// The order must not ship until it is released.
public struct OrderHeld: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderHeld.v1"

    public let orderID: OrderID
    /// An order may have several, each released by itself.
    public let hold: HoldKind
    public let reason: String
    public let heldAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, hold: HoldKind = .operator, reason: String, heldAt: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.hold = hold
        self.reason = reason
        self.heldAt = heldAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        hold = try json.wordIfPresent("hold") ?? .operator
        reason = try json.string("reason", atMost: 2000)
        heldAt = try json.instant("heldAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("hold", hold.rawValue)
        json.field("reason", reason)
        json.field("heldAt", heldAt)
    }
}

/// A hold has ended.
public struct OrderReleased: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderReleased.v1"

    public let orderID: OrderID
    public let hold: HoldKind
    /// Of the hold that ended.
    public let reason: String
    /// Holds that are still there: the order stays where it is until the last has ended.
    public let remaining: [String]
    public let releasedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, hold: HoldKind = .operator, reason: String, remaining: [String] = [], releasedAt: Instant,
        version: Int64 = 0
    ) {
        self.orderID = orderID
        self.hold = hold
        self.reason = reason
        self.remaining = remaining
        self.releasedAt = releasedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        hold = try json.wordIfPresent("hold") ?? .operator
        reason = try json.string("reason", atMost: 2000)
        remaining = json.value("remaining") == nil ? [] : try json.texts("remaining")
        releasedAt = try json.instant("releasedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("hold", hold.rawValue)
        json.field("reason", reason)
        if !remaining.isEmpty { json.field("remaining", texts: remaining) }
        json.field("releasedAt", releasedAt)
    }
}

/// What holds an order; each kind at most once at a time, the platform with each of its reasons.
public enum HoldKind: String, CaseIterable, Sendable {
    /// A person wants it so.
    case `operator`
    /// The platform that the order came from wants it so.
    case platform
    case unmatchedSku = "unmatched-sku"
    case amount
    case incompleteAddress = "incomplete-address"
    case blockedBuyer = "blocked-buyer"
    /// The buyer has ordered often within a short time.
    case velocity
    /// It replaces goods of an exchange that nobody has approved yet.
    case exchange
}
