/// A person has changed what a member has.
///
/// - Units: signed minor units.
public struct CommissionAdjusted: Fact, Equatable {
    public static let topic = Topic.commissionEntries
    public static let type = "tributary.commission.entries.CommissionAdjusted.v1"

    public let adjustmentID: String
    public let memberID: String
    public let orderID: OrderID?
    public let amount: Int64
    public let currency: String
    public let reason: String
    public let actor: String
    /// Who gave the second approval that large amounts need.
    public let approvedBy: String?
    public let adjustedAt: Instant
    public var version: Int64

    public var key: String { memberID }

    public init(
        adjustmentID: String, memberID: String, orderID: OrderID? = nil, amount: Int64, currency: String,
        reason: String, actor: String, approvedBy: String? = nil, adjustedAt: Instant, version: Int64 = 0
    ) {
        self.adjustmentID = adjustmentID
        self.memberID = memberID
        self.orderID = orderID
        self.amount = amount
        self.currency = currency
        self.reason = reason
        self.actor = actor
        self.approvedBy = approvedBy
        self.adjustedAt = adjustedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        adjustmentID = try json.string("adjustmentId", atMost: 64)
        memberID = try json.string("memberId")
        orderID = try json.orderIDIfPresent("orderId")
        amount = try json.integer("amount")
        currency = try json.string("currency")
        reason = try json.string("reason", atMost: 2000)
        actor = try json.string("actor")
        approvedBy = try json.stringIfPresent("approvedBy")
        adjustedAt = try json.instant("adjustedAt")
        version = try json.integer("version")
    }

    public func write(to json: inout JSONWriter) {
        json.field("adjustmentId", adjustmentID)
        json.field("memberId", memberID)
        json.field("orderId", orderID)
        json.field("amount", amount)
        json.field("currency", currency)
        json.field("reason", reason)
        json.field("actor", actor)
        json.field("approvedBy", approvedBy)
        json.field("adjustedAt", adjustedAt)
        json.field("version", version)
    }
}
