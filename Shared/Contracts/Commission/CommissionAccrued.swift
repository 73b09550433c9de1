/// An order was confirmed: its commission is computed and frozen.
public struct CommissionAccrued: Fact, Equatable {
    public static let topic = Topic.commissionEntries
    public static let type = "tributary.commission.entries.CommissionAccrued.v1"

    public let orderID: OrderID
    public let planID: String
    public let planVersion: Int64
    public let currency: String
    public let legs: [CommissionLeg]
    /// What stays of the pool with the company.
    public let companyShare: Int64
    /// Cents that rounding left over.
    public let remainder: Int64
    public let at: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, planID: String, planVersion: Int64, currency: String, legs: [CommissionLeg],
        companyShare: Int64, remainder: Int64, at: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.planID = planID
        self.planVersion = planVersion
        self.currency = currency
        self.legs = legs
        self.companyShare = companyShare
        self.remainder = remainder
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
        json.field("at", at)
    }
}
