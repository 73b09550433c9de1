/// Money went back to the buyer, and with it the commission on those pieces, at that sale's rates.
public struct CommissionReversed: Fact, Equatable {
    public static let topic = Topic.commissionEntries
    public static let type = "tributary.commission.entries.CommissionReversed.v1"

    public let orderID: OrderID
    public let planID: String
    public let planVersion: Int64
    public let currency: String
    /// What each leg gives back, as positive amounts.
    public let legs: [CommissionLeg]
    /// What stays of the pool with the company.
    public let companyShare: Int64
    /// Cents that rounding left over.
    public let remainder: Int64
    /// The case that caused it, if one did.
    public let caseID: String?
    public let refundID: String?
    public let reason: String
    public let at: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, planID: String, planVersion: Int64, currency: String, legs: [CommissionLeg],
        companyShare: Int64, remainder: Int64, caseID: String? = nil, refundID: String? = nil, reason: String,
        at: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.planID = planID
        self.planVersion = planVersion
        self.currency = currency
        self.legs = legs
        self.companyShare = companyShare
        self.remainder = remainder
        self.caseID = caseID
        self.refundID = refundID
        self.reason = reason
        self.at = at
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        planID = try json.string("planId")
        planVersion = try json.integer("planVersion")
        currency = try json.string("currency")
        legs = try json.readList("legs", atMost: 5000)
        companyShare = try json.integer("companyShare")
        remainder = try json.integer("remainder")
        caseID = try json.stringIfPresent("caseId", atMost: 64)
        refundID = try json.stringIfPresent("refundId", atMost: 64)
        reason = try json.string("reason", atMost: 2000)
        at = try json.instant("at")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("planId", planID)
        json.field("planVersion", planVersion)
        json.field("currency", currency)
        json.field("legs", list: legs)
        json.field("companyShare", companyShare)
        json.field("remainder", remainder)
        json.field("caseId", caseID)
        json.field("refundId", refundID)
        json.field("reason", reason)
        json.field("at", at)
    }
}
