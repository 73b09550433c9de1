/// The member has the money.
public struct PayoutPaid: Fact, Equatable {
    public static let topic = Topic.commissionEntries
    public static let type = "tributary.commission.entries.PayoutPaid.v1"

    public let payoutID: String
    public let memberID: String
    public let amount: Int64
    public let currency: String
    public let paidAt: Instant
    public var version: Int64

    public var key: String { memberID }

    public init(
        payoutID: String, memberID: String, amount: Int64, currency: String, paidAt: Instant, version: Int64 = 0
    ) {
        self.payoutID = payoutID
        self.memberID = memberID
        self.amount = amount
        self.currency = currency
        self.paidAt = paidAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        payoutID = try json.string("payoutId", atMost: 64)
        memberID = try json.string("memberId")
        version = try json.integer("version")
        amount = try json.integer("amount")
        currency = try json.string("currency")
        paidAt = try json.instant("paidAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("payoutId", payoutID)
        json.field("memberId", memberID)
        json.field("version", version)
        json.field("amount", amount)
        json.field("currency", currency)
        json.field("paidAt", paidAt)
    }
}
