public import Contracts

/// One line of the stock's history: why pieces on hand changed, and what was there afterwards.
///
/// - Shape: the sum of `quantity` over a SKU's movements in a warehouse is what is on hand.
/// - Source: DESIGN section 5, I2.
public struct Movement: Hashable, Sendable {
    public let name: MovementName
    /// `WarehouseMovement.Kind` or `StockMovementKind`, as the message says it.
    public let kind: String
    /// The number in the message: pieces found for a count.
    public let stated: Int64
    /// Signed change of what is on hand; 0 for pieces on order.
    public let quantity: Int64
    /// On hand afterwards.
    public let balance: Int64
    public let reference: String?
    public let occurredAt: Instant

    public init(
        name: MovementName, kind: String, stated: Int64, quantity: Int64, balance: Int64, reference: String?,
        occurredAt: Instant
    ) {
        self.name = name
        self.kind = kind
        self.stated = stated
        self.quantity = quantity
        self.balance = balance
        self.reference = reference
        self.occurredAt = occurredAt
    }

    /// Whether a message that came again under the same id says the same.
    func agrees(with message: WarehouseMovement) -> Bool {
        kind == message.kind.rawValue && stated == message.quantity && reference == message.reference
            && occurredAt == message.occurredAt
    }
}

/// Names a movement: a warehouse may use one number for several SKUs, and two warehouses the same number.
public struct MovementName: Hashable, Sendable {
    public let sku: String
    public let warehouse: String
    public let movementID: String

    public init(sku: String, warehouse: String, movementID: String) {
        self.sku = sku
        self.warehouse = warehouse
        self.movementID = movementID
    }

    /// Reads what `text` has written.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let length = Int(String(parts[0]) ?? ""), length >= 0, length <= parts[2].count,
            let warehouse = String(parts[1]), let movementID = String(parts[2].prefix(length)),
            let sku = String(parts[2].dropFirst(length))
        else { return nil }
        self.init(sku: sku, warehouse: warehouse, movementID: movementID)
    }

    /// Length of the movement's id, warehouse (which has no blank), the id, the SKU.
    public var text: String { "\(movementID.utf8.count) \(warehouse) \(movementID)\(sku)" }
}
