/// What to order of a SKU, from the forecast of its demand.
///
/// - Units: pieces; `coverDays` is lead time and review period together; basis points for the service level.
public struct ReplenishmentSuggested: Fact, Equatable {
    public static let topic = Topic.inventoryAlerts
    public static let type = "tributary.inventory.alerts.ReplenishmentSuggested.v1"

    public let sku: String
    public let suggestionID: String
    public let quantity: Int64
    public let available: Int64
    public let incoming: Int64
    /// Over the days to be covered.
    public let expectedDemand: Int64
    /// Over the same days, not exceeded with the probability `serviceLevel`.
    public let neededDemand: Int64
    public let serviceLevel: Int64
    public let coverDays: Int64
    /// The last day on which an order still comes in time.
    public let orderBy: CivilDay
    /// The forecast that won the back-test: `seasonal-naive`, `holt-winters`, `croston` …
    public let method: String
    /// The arithmetic, for people.
    public let why: String
    public let suggestedAt: Instant
    public var version: Int64

    public var key: String { sku }

    public init(
        sku: String, suggestionID: String, quantity: Int64, available: Int64, incoming: Int64, expectedDemand: Int64,
        neededDemand: Int64, serviceLevel: Int64, coverDays: Int64, orderBy: CivilDay, method: String, why: String,
        suggestedAt: Instant, version: Int64 = 0
    ) {
        self.sku = sku
        self.suggestionID = suggestionID
        self.quantity = quantity
        self.available = available
        self.incoming = incoming
        self.expectedDemand = expectedDemand
        self.neededDemand = neededDemand
        self.serviceLevel = serviceLevel
        self.coverDays = coverDays
        self.orderBy = orderBy
        self.method = method
        self.why = why
        self.suggestedAt = suggestedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        sku = try json.string("sku")
        version = try json.integer("version")
        suggestionID = try json.string("suggestionId", atMost: 64)
        quantity = try json.integer("quantity")
        available = try json.integer("available")
        incoming = try json.integer("incoming")
        expectedDemand = try json.integer("expectedDemand")
        neededDemand = try json.integer("neededDemand")
        serviceLevel = try json.integer("serviceLevel")
        coverDays = try json.integer("coverDays")
        orderBy = try json.civilDay("orderBy")
        method = try json.string("method")
        why = try json.string("why", atMost: 2000)
        suggestedAt = try json.instant("suggestedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("sku", sku)
        json.field("version", version)
        json.field("suggestionId", suggestionID)
        json.field("quantity", quantity)
        json.field("available", available)
        json.field("incoming", incoming)
        json.field("expectedDemand", expectedDemand)
        json.field("neededDemand", neededDemand)
        json.field("serviceLevel", serviceLevel)
        json.field("coverDays", coverDays)
        json.field("orderBy", orderBy.description)
        json.field("method", method)
        json.field("why", why)
        json.field("suggestedAt", suggestedAt)
    }
}
