/// The order ended before it was completed.
public struct OrderCancelled: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderCancelled.v1"

    public let orderID: OrderID
    public let reason: CancelReason
    public let cancelledAt: Instant
    /// What was paid and goes back, in minor units.
    public let refundDue: Int64
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, reason: CancelReason, cancelledAt: Instant, refundDue: Int64, version: Int64 = 0) {
        self.orderID = orderID
        self.reason = reason
        self.cancelledAt = cancelledAt
        self.refundDue = refundDue
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        reason = try json.word("reason")
        cancelledAt = try json.instant("cancelledAt")
        refundDue = try json.integer("refundDue")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("reason", reason.rawValue)
        json.field("cancelledAt", cancelledAt)
        json.field("refundDue", refundDue)
    }
}

/// Why an order was cancelled.
public enum CancelReason: String, CaseIterable, Sendable {
    case paymentTimeout = "payment-timeout"
    case buyer
    case `operator`
    case noStock = "no-stock"
    case fraud
    case refunded
    case platform
}
