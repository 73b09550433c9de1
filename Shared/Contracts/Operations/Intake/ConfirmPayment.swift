/// Enters a payment that no provider reported, such as a bank transfer.
public struct ConfirmPayment: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.ConfirmPayment.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let paymentID: String
    public let amount: Int64
    public let method: String?
    public let paidAt: Instant
    /// Where the proof of the payment is kept: a voucher number, a file.
    public let proof: String?

    public var key: String { orderID.text }

    public init(
        head: CommandHead, orderID: OrderID, paymentID: String, amount: Int64, method: String? = nil, paidAt: Instant,
        proof: String? = nil
    ) {
        self.head = head
        self.orderID = orderID
        self.paymentID = paymentID
        self.amount = amount
        self.method = method
        self.paidAt = paidAt
        self.proof = proof
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        paymentID = try json.string("paymentId")
        amount = try json.integer("amount")
        method = try json.stringIfPresent("method")
        paidAt = try json.instant("paidAt")
        proof = try json.textIfPresent("proof")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("paymentId", paymentID)
        json.field("amount", amount)
        json.field("method", method)
        json.field("paidAt", paidAt)
        json.field("proof", proof)
    }
}
