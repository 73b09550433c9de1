/// The order's refund status is another one now.
public struct OrderRefundStatusChanged: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderRefundStatusChanged.v1"

    public let orderID: OrderID
    public let status: RefundStatus
    /// The sum so far, in minor units.
    public let refunded: Int64
    public let at: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, status: RefundStatus, refunded: Int64, at: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.status = status
        self.refunded = refunded
        self.at = at
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        status = try json.word("status")
        refunded = try json.integer("refunded")
        at = try json.instant("at")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("status", status.rawValue)
        json.field("refunded", refunded)
        json.field("at", at)
    }
}

/// How much of an order was paid back.
public enum RefundStatus: String, CaseIterable, Sendable {
    case none, partial, full
}
