/// Too little of a SKU is left: its reorder point or less, or less than is expected to be asked for until a new order
/// could come.
public struct StockLow: Fact, Equatable {
    public static let topic = Topic.inventoryAlerts
    public static let type = "tributary.inventory.alerts.StockLow.v1"

    public enum Reason: String, CaseIterable, Sendable {
        case reorderPoint = "reorder-point"
        case daysOfCover = "days-of-cover"
    }

    public let sku: String
    public let available: Int64
    public let threshold: Int64
    /// Which threshold it is.
    public let reason: Reason
    public let at: Instant
    public var version: Int64

    public var key: String { sku }

    public init(
        sku: String, available: Int64, threshold: Int64, reason: Reason, at: Instant, version: Int64 = 0
    ) {
        self.sku = sku
        self.available = available
        self.threshold = threshold
        self.reason = reason
        self.at = at
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        sku = try json.string("sku")
        version = try json.integer("version")
        available = try json.integer("available")
        threshold = try json.integer("threshold")
        reason = try json.word("reason")
        at = try json.instant("at")
    }

    public func write(to json: inout JSONWriter) {
        json.field("sku", sku)
        json.field("version", version)
        json.field("available", available)
        json.field("threshold", threshold)
        json.field("reason", reason.rawValue)
        json.field("at", at)
    }
}

/// The stock of a SKU is sufficiently above its reorder point again.
public struct StockRecovered: Fact, Equatable {
    public static let topic = Topic.inventoryAlerts
    public static let type = "tributary.inventory.alerts.StockRecovered.v1"

    public let sku: String
    public let available: Int64
    public let threshold: Int64
    public let at: Instant
    public var version: Int64

    public var key: String { sku }

    public init(sku: String, available: Int64, threshold: Int64, at: Instant, version: Int64 = 0) {
        self.sku = sku
        self.available = available
        self.threshold = threshold
        self.at = at
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        sku = try json.string("sku")
        version = try json.integer("version")
        available = try json.integer("available")
        threshold = try json.integer("threshold")
        at = try json.instant("at")
    }

    public func write(to json: inout JSONWriter) {
        json.field("sku", sku)
        json.field("version", version)
        json.field("available", available)
        json.field("threshold", threshold)
        json.field("at", at)
    }
}
