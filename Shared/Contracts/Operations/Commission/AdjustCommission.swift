/// Proposes to give a member money or take it; a second person approves it.
public struct AdjustCommission: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.AdjustCommission.v1"

    public let head: CommandHead
    public let memberID: String
    public let adjustmentID: String
    public let orderID: OrderID?
    /// Signed minor units.
    public let amount: Int64
    public let currency: String

    public var key: String { memberID }

    public init(
        head: CommandHead, memberID: String, adjustmentID: String, orderID: OrderID? = nil, amount: Int64,
        currency: String
    ) {
        self.head = head
        self.memberID = memberID
        self.adjustmentID = adjustmentID
        self.orderID = orderID
        self.amount = amount
        self.currency = currency
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.string("memberId")
        adjustmentID = try json.string("adjustmentId", atMost: 64)
        orderID = try json.orderIDIfPresent("orderId")
        amount = try json.integer("amount")
        currency = try json.string("currency")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
        json.field("adjustmentId", adjustmentID)
        json.field("orderId", orderID)
        json.field("amount", amount)
        json.field("currency", currency)
    }
}
