/// The buyer has received the goods, or the time to say otherwise is over.
public struct OrderCompleted: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderCompleted.v1"

    public let orderID: OrderID
    public let completedAt: Instant
    /// The end of the after-sales window; commission matures after it.
    public let afterSalesUntil: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, completedAt: Instant, afterSalesUntil: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.completedAt = completedAt
        self.afterSalesUntil = afterSalesUntil
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        completedAt = try json.instant("completedAt")
        afterSalesUntil = try json.instant("afterSalesUntil")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("completedAt", completedAt)
        json.field("afterSalesUntil", afterSalesUntil)
    }
}
