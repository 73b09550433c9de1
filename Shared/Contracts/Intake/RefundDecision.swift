/// Tells a platform what we decided about an after-sales case; idempotent by `updateID`.
public struct RefundDecision: Fact, Equatable {
    public static let topic = Topic.channelUpdates
    public static let type = "tributary.channel.updates.RefundDecision.v1"

    public let updateID: String
    public let channel: String
    public let externalOrderID: String
    public let orderID: OrderID
    public let caseID: String
    public let externalCaseID: String?
    public let decision: RefundVerdict
    public let amount: Int64
    public let reason: String?
    public let decidedAt: Instant
    public var version: Int64

    public var key: String { "\(channel)/\(externalOrderID)" }

    public init(
        updateID: String, channel: String, externalOrderID: String, orderID: OrderID, caseID: String,
        externalCaseID: String? = nil, decision: RefundVerdict, amount: Int64, reason: String? = nil,
        decidedAt: Instant, version: Int64 = 0
    ) {
        self.updateID = updateID
        self.channel = channel
        self.externalOrderID = externalOrderID
        self.orderID = orderID
        self.caseID = caseID
        self.externalCaseID = externalCaseID
        self.decision = decision
        self.amount = amount
        self.reason = reason
        self.decidedAt = decidedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        updateID = try json.string("updateId", atMost: 64)
        channel = try json.string("channel")
        externalOrderID = try json.string("externalOrderId")
        version = try json.integer("version")
        orderID = try json.orderID()
        caseID = try json.string("caseId", atMost: 64)
        externalCaseID = try json.stringIfPresent("externalCaseId")
        decision = try json.word("decision")
        amount = try json.integer("amount")
        reason = try json.stringIfPresent("reason", atMost: 2000)
        decidedAt = try json.instant("decidedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("updateId", updateID)
        json.field("channel", channel)
        json.field("externalOrderId", externalOrderID)
        json.field("version", version)
        json.field("orderId", orderID)
        json.field("caseId", caseID)
        json.field("externalCaseId", externalCaseID)
        json.field("decision", decision.rawValue)
        json.field("amount", amount)
        json.field("reason", reason)
        json.field("decidedAt", decidedAt)
    }
}

/// What was decided about a wish for money back.
public enum RefundVerdict: String, CaseIterable, Sendable {
    case approved, rejected
}
