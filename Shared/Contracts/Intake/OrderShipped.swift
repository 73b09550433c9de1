/// Some parcels have left, others have not.
public struct OrderPartiallyShipped: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderPartiallyShipped.v1"

    public let orderID: OrderID
    /// All that have left so far.
    public let shipmentIDs: [String]
    public let shippedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, shipmentIDs: [String], shippedAt: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.shipmentIDs = shipmentIDs
        self.shippedAt = shippedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        shipmentIDs = try json.texts("shipmentIds")
        shippedAt = try json.instant("shippedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("shipmentIds", texts: shipmentIDs)
        json.field("shippedAt", shippedAt)
    }
}

/// Everything that will be shipped has left.
public struct OrderShipped: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderShipped.v1"

    public let orderID: OrderID
    public let shipmentIDs: [String]
    public let shippedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, shipmentIDs: [String], shippedAt: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.shipmentIDs = shipmentIDs
        self.shippedAt = shippedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        shipmentIDs = try json.texts("shipmentIds")
        shippedAt = try json.instant("shippedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("shipmentIds", texts: shipmentIDs)
        json.field("shippedAt", shippedAt)
    }
}
