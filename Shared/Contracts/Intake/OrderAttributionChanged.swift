/// The order belongs to another distributor, or to none, since a binding came late or a person decided so.
public struct OrderAttributionChanged: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderAttributionChanged.v1"

    public let orderID: OrderID
    public let attribution: Attribution?
    public let reason: String
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, attribution: Attribution? = nil, reason: String, version: Int64 = 0) {
        self.orderID = orderID
        self.attribution = attribution
        self.reason = reason
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        attribution = try json.readIfPresent("attribution")
        reason = try json.string("reason", atMost: 2000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("attribution", attribution)
        json.field("reason", reason)
    }
}
