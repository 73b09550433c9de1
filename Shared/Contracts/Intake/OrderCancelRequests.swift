/// Somebody wants to cancel a confirmed order: the question to fulfilment, answered by `LinesStopped`.
public struct OrderCancelRequested: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderCancelRequested.v1"

    public let orderID: OrderID
    public let requestID: String
    public let reason: String
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, requestID: String, reason: String, version: Int64 = 0) {
        self.orderID = orderID
        self.requestID = requestID
        self.reason = reason
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        requestID = try json.string("requestId", atMost: 64)
        reason = try json.string("reason", atMost: 2000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("requestId", requestID)
        json.field("reason", reason)
    }
}

/// The order goes on: what was asked for came too late.
public struct OrderCancelRefused: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderCancelRefused.v1"

    public let orderID: OrderID
    public let requestID: String
    public let reason: String
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, requestID: String, reason: String, version: Int64 = 0) {
        self.orderID = orderID
        self.requestID = requestID
        self.reason = reason
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        requestID = try json.string("requestId", atMost: 64)
        reason = try json.string("reason", atMost: 2000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("requestId", requestID)
        json.field("reason", reason)
    }
}
