/// What to order of a SKU, from the forecast of its demand.
///
/// - Units: pieces; `coverDays` is lead time and review period together.
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
    public let coverDays: Int64
    /// The forecast that won the back-test: `seasonal-naive`, `holt-winters`, `croston` …
    public let method: String
    /// The arithmetic, for people.
    public let why: String
    public let suggestedAt: Instant
    public var version: Int64

    public var key: String { sku }

    public init(
        sku: String, suggestionID: String, quantity: Int64, available: Int64, incoming: Int64, expectedDemand: Int64,
        coverDays: Int64, method: String, why: String, suggestedAt: Instant, version: Int64 = 0
    ) {
        self.sku = sku
        self.suggestionID = suggestionID
        self.quantity = quantity
        self.available = available
        self.incoming = incoming
        self.expectedDemand = expectedDemand
        self.coverDays = coverDays
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
        coverDays = try json.integer("coverDays")
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
        json.field("coverDays", coverDays)
        json.field("method", method)
        json.field("why", why)
        json.field("suggestedAt", suggestedAt)
    }
}
