/// Where a page of a list of orders begins: behind, or before, one order.
public struct OrderCursor: Sendable, Equatable {
    /// What the list is sorted by: milliseconds of placing, or minor units.
    public let value: Int64
    public let orderID: String
    /// The page before it is wanted, not the one behind it.
    public let isBackwards: Bool

    public init(value: Int64, orderID: String, isBackwards: Bool) {
        self.value = value
        self.orderID = orderID
        self.isBackwards = isBackwards
    }

    /// Reads `1764000000000.0ABC…`; nil for anything else.
    public init?(_ text: String, isBackwards: Bool) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let value = Int64(parts[0]), 0...Self.largest ~= value, 1...64 ~= parts[1].utf8.count,
            parts[1].utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { return nil }
        self.init(value: value, orderID: String(parts[1]), isBackwards: isBackwards)
    }

    /// A time in milliseconds beyond it is none of PostgreSQL's.
    private static let largest: Int64 = 100_000_000_000_000

    public var text: String { "\(value).\(orderID)" }
}
