/// Money above what the order costs, or for an order that cannot take it; after-sales pays `excess` back.
public struct PaymentExcess: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.PaymentExcess.v1"

    public let orderID: OrderID
    public let paymentID: String
    public let amount: Int64
    public let excess: Int64
    public let reason: String
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, paymentID: String, amount: Int64, excess: Int64, reason: String, version: Int64 = 0) {
        self.orderID = orderID
        self.paymentID = paymentID
        self.amount = amount
        self.excess = excess
        self.reason = reason
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        paymentID = try json.string("paymentId")
        amount = try json.integer("amount")
        excess = try json.integer("excess")
        reason = try json.string("reason", atMost: 2000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("paymentId", paymentID)
        json.field("amount", amount)
        json.field("excess", excess)
        json.field("reason", reason)
    }
}
