/// Pieces came, went or were counted in a warehouse.
///
/// - Shape: `quantity` is signed and not 0 for `adjusted`, the pieces found (0 too) for `counted`, else positive. `ordered`
///   and `orderCancelled` speak of pieces on order; `received` with the same reference takes them off.
public struct WarehouseMovement: Message, Equatable {
    public static let type = "warehouse.movement.v1"

    public enum Kind: String, CaseIterable, Sendable {
        case received, counted, adjusted, scrapped, transferredOut = "transferred-out", transferredIn =
            "transferred-in", ordered, orderCancelled = "order-cancelled"
    }

    public let movementID: String
    public let warehouse: String
    public let sku: String
    public let kind: Kind
    public let quantity: Int64
    public let reference: String?
    /// When ordered pieces should come.
    public let expectedAt: Instant?
    public let occurredAt: Instant

    public init(
        movementID: String, warehouse: String, sku: String, kind: Kind, quantity: Int64, reference: String? = nil,
        expectedAt: Instant? = nil, occurredAt: Instant
    ) {
        self.movementID = movementID
        self.warehouse = warehouse
        self.sku = sku
        self.kind = kind
        self.quantity = quantity
        self.reference = reference
        self.expectedAt = expectedAt
        self.occurredAt = occurredAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        movementID = try json.externalID("movementId")
        warehouse = try json.ownID("warehouse")
        sku = try json.externalID("sku")
        kind = try json.word("kind")
        quantity = try json.signed("quantity")
        reference = try json.externalIDIfPresent("reference")
        expectedAt = try json.instantIfPresent("expectedAt")
        occurredAt = try json.instant("occurredAt")
        try checkQuantity()
    }

    public func write(to json: inout JSONWriter) {
        json.field("movementId", movementID)
        json.field("warehouse", warehouse)
        json.field("sku", sku)
        json.field("kind", kind.rawValue)
        json.field("quantity", quantity)
        json.field("reference", reference)
        json.field("expectedAt", expectedAt)
        json.field("occurredAt", occurredAt)
    }

    private func checkQuantity() throws(Fault) {
        switch kind {
        case .counted:
            guard quantity >= 0 else { throw Fault("quantity \(quantity) is negative", field: "quantity") }
        case .adjusted:
            guard quantity != 0 else { throw Fault("quantity 0 adjusts nothing", field: "quantity") }
        default:
            guard quantity > 0 else { throw Fault("quantity \(quantity) is not positive", field: "quantity") }
        }
    }
}
