/// Stock on hand of a SKU in a warehouse changed.
public struct StockMoved: Fact, Equatable {
    public static let topic = Topic.inventoryMovements
    public static let type = "tributary.inventory.movements.StockMoved.v1"

    public let movementID: String
    public let sku: String
    public let warehouse: String
    public let kind: StockMovementKind
    /// Signed pieces: what leaves is negative.
    public let quantity: Int64
    /// Pieces on hand afterwards.
    public let balance: Int64
    public let reference: String?
    public var version: Int64

    public var key: String { sku }

    public init(
        movementID: String, sku: String, warehouse: String, kind: StockMovementKind, quantity: Int64, balance: Int64,
        reference: String? = nil, version: Int64 = 0
    ) {
        self.movementID = movementID
        self.sku = sku
        self.warehouse = warehouse
        self.kind = kind
        self.quantity = quantity
        self.balance = balance
        self.reference = reference
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        movementID = try json.string("movementId")
        sku = try json.string("sku")
        version = try json.integer("version")
        warehouse = try json.string("warehouse")
        kind = try json.word("kind")
        quantity = try json.integer("quantity")
        balance = try json.integer("balance")
        reference = try json.stringIfPresent("reference")
    }

    public func write(to json: inout JSONWriter) {
        json.field("movementId", movementID)
        json.field("sku", sku)
        json.field("version", version)
        json.field("warehouse", warehouse)
        json.field("kind", kind.rawValue)
        json.field("quantity", quantity)
        json.field("balance", balance)
        json.field("reference", reference)
    }
}

/// Why stock on hand changed.
public enum StockMovementKind: String, CaseIterable, Sendable {
    case received
    case counted
    case adjusted
    case scrapped
    case transferredOut = "transferred-out"
    case transferredIn = "transferred-in"
    case shipped
    case returned
}
