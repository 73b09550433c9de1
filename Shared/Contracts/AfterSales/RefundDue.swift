/// Money shall go back to the buyer; the payment provider is asked.
public struct RefundDue: Fact, Equatable {
    public static let topic = Topic.afterSalesRefunds
    public static let type = "tributary.after-sales.refunds.RefundDue.v1"

    public let refundID: String
    public let orderID: OrderID
    public let caseID: String?
    /// The payment it goes back on.
    public let paymentID: String
    public let amount: Int64
    public let currency: String
    public let reason: String
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        refundID: String, orderID: OrderID, caseID: String? = nil, paymentID: String, amount: Int64, currency: String,
        reason: String, version: Int64 = 0
    ) {
        self.refundID = refundID
        self.orderID = orderID
        self.caseID = caseID
        self.paymentID = paymentID
        self.amount = amount
        self.currency = currency
        self.reason = reason
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        refundID = try json.string("refundId", atMost: 64)
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.stringIfPresent("caseId", atMost: 64)
        paymentID = try json.string("paymentId")
        amount = try json.integer("amount")
        currency = try json.string("currency")
        reason = try json.string("reason", atMost: 2000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("refundId", refundID)
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("paymentId", paymentID)
        json.field("amount", amount)
        json.field("currency", currency)
        json.field("reason", reason)
    }
}
