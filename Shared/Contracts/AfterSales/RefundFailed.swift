/// The payment provider could not pay the money back; a person decides how to go on.
public struct RefundFailed: Fact, Equatable {
    public static let topic = Topic.afterSalesRefunds
    public static let type = "tributary.after-sales.refunds.RefundFailed.v1"

    public let refundID: String
    public let orderID: OrderID
    public let caseID: String?
    public let amount: Int64
    public let currency: String
    public let reason: String
    public let failedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        refundID: String, orderID: OrderID, caseID: String? = nil, amount: Int64, currency: String, reason: String,
        failedAt: Instant, version: Int64 = 0
    ) {
        self.refundID = refundID
        self.orderID = orderID
        self.caseID = caseID
        self.amount = amount
        self.currency = currency
        self.reason = reason
        self.failedAt = failedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        refundID = try json.string("refundId", atMost: 64)
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.stringIfPresent("caseId", atMost: 64)
        amount = try json.integer("amount")
        currency = try json.string("currency")
        reason = try json.string("reason", atMost: 2000)
        failedAt = try json.instant("failedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("refundId", refundID)
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("amount", amount)
        json.field("currency", currency)
        json.field("reason", reason)
        json.field("failedAt", failedAt)
    }
}
