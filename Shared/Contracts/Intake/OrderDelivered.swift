/// Every parcel has reached the buyer.
public struct OrderDelivered: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderDelivered.v1"

    public let orderID: OrderID
    public let deliveredAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, deliveredAt: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.deliveredAt = deliveredAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        deliveredAt = try json.instant("deliveredAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("deliveredAt", deliveredAt)
    }
}
