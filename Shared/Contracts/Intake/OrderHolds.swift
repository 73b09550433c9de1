/// The order must not ship until it is released.
public struct OrderHeld: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderHeld.v1"

    public let orderID: OrderID
    public let reason: String
    public let heldAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, reason: String, heldAt: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.reason = reason
        self.heldAt = heldAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        reason = try json.string("reason", atMost: 2000)
        heldAt = try json.instant("heldAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("reason", reason)
        json.field("heldAt", heldAt)
    }
}

/// A hold has ended.
public struct OrderReleased: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderReleased.v1"

    public let orderID: OrderID
    /// Of the hold that ended.
    public let reason: String
    public let releasedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, reason: String, releasedAt: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.reason = reason
        self.releasedAt = releasedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        reason = try json.string("reason", atMost: 2000)
        releasedAt = try json.instant("releasedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("reason", reason)
        json.field("releasedAt", releasedAt)
    }
}
