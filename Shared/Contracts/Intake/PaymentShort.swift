/// A payment below what the order costs; the order stays unpaid.
public struct PaymentShort: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.PaymentShort.v1"

    public let orderID: OrderID
    public let paymentID: String
    public let amount: Int64
    public let missing: Int64
    public let reason: String
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, paymentID: String, amount: Int64, missing: Int64, reason: String, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.paymentID = paymentID
        self.amount = amount
        self.missing = missing
        self.reason = reason
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        paymentID = try json.string("paymentId")
        amount = try json.integer("amount")
        missing = try json.integer("missing")
        reason = try json.string("reason", atMost: 2000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("paymentId", paymentID)
        json.field("amount", amount)
        json.field("missing", missing)
        json.field("reason", reason)
    }
}
