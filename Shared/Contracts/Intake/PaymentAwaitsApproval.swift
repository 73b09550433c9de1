/// Somebody has entered a payment that is so large that another person must confirm it before it counts.
public struct PaymentAwaitsApproval: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.PaymentAwaitsApproval.v1"

    public let orderID: OrderID
    public let paymentID: String
    /// In minor units of the order's currency.
    public let amount: Int64
    public let method: String?
    /// Where the proof of the payment is kept.
    public let proof: String
    /// Who entered it, and therefore cannot approve it.
    public let actor: String
    public let paidAt: Instant
    public let enteredAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, paymentID: String, amount: Int64, method: String? = nil, proof: String, actor: String,
        paidAt: Instant, enteredAt: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.paymentID = paymentID
        self.amount = amount
        self.method = method
        self.proof = proof
        self.actor = actor
        self.paidAt = paidAt
        self.enteredAt = enteredAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        paymentID = try json.string("paymentId")
        amount = try json.integer("amount")
        method = try json.stringIfPresent("method")
        proof = try json.string("proof", atMost: 2000)
        actor = try json.string("actor")
        paidAt = try json.instant("paidAt")
        enteredAt = try json.instant("enteredAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("paymentId", paymentID)
        json.field("amount", amount)
        json.field("method", method)
        json.field("proof", proof)
        json.field("actor", actor)
        json.field("paidAt", paidAt)
        json.field("enteredAt", enteredAt)
    }
}
