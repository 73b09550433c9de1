/// An approved payout: the payment provider is asked to make it.
public struct PayoutDue: Fact, Equatable {
    public static let topic = Topic.commissionPayouts
    public static let type = "tributary.commission.payouts.PayoutDue.v1"

    public let payoutID: String
    public let memberID: String
    /// Before fee and tax; the member gets the difference.
    public let amount: Int64
    public let fee: Int64
    public let tax: Int64
    public let currency: String
    public var version: Int64

    public var key: String { memberID }

    public init(
        payoutID: String, memberID: String, amount: Int64, fee: Int64, tax: Int64, currency: String,
        version: Int64 = 0
    ) {
        self.payoutID = payoutID
        self.memberID = memberID
        self.amount = amount
        self.fee = fee
        self.tax = tax
        self.currency = currency
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        payoutID = try json.string("payoutId", atMost: 64)
        memberID = try json.string("memberId")
        version = try json.integer("version")
        amount = try json.integer("amount")
        fee = try json.integer("fee")
        tax = try json.integer("tax")
        currency = try json.string("currency")
    }

    public func write(to json: inout JSONWriter) {
        json.field("payoutId", payoutID)
        json.field("memberId", memberID)
        json.field("version", version)
        json.field("amount", amount)
        json.field("fee", fee)
        json.field("tax", tax)
        json.field("currency", currency)
    }
}
