/// Pieces of a SKU in one warehouse.
///
/// - Shape: `0 ≤ reserved ≤ onHand`; the database holds the same as a constraint.
/// - Source: DESIGN section 5, I1.
public struct StockLevel: Hashable, Sendable {
    public internal(set) var onHand: Int64
    public internal(set) var reserved: Int64
    /// Pieces that this warehouse never sells.
    public internal(set) var safetyStock: Int64

    public init(onHand: Int64 = 0, reserved: Int64 = 0, safetyStock: Int64 = 0) {
        precondition(reserved >= 0 && onHand >= reserved, "reserved \(reserved) of \(onHand) on hand")
        self.onHand = onHand
        self.reserved = reserved
        self.safetyStock = safetyStock
    }

    /// Pieces that may be given to an order.
    public var free: Int64 { max(0, onHand - reserved - safetyStock) }
}
