/// The order is paid in full.
public struct OrderPaid: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderPaid.v1"

    public let orderID: OrderID
    /// The payment that completed the sum.
    public let paymentID: String
    /// All that was paid.
    public let amount: Int64
    public let paidAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, paymentID: String, amount: Int64, paidAt: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.paymentID = paymentID
        self.amount = amount
        self.paidAt = paidAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        paymentID = try json.string("paymentId")
        amount = try json.integer("amount")
        paidAt = try json.instant("paidAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("paymentId", paymentID)
        json.field("amount", amount)
        json.field("paidAt", paidAt)
    }
}
