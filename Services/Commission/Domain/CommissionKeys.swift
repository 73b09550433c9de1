public import Contracts

/// The order of the locks of this service: references are not locked, journals only ever appended.
extension Key.Kind {
    public static let plans = Key.Kind("plans", rank: 0, isReference: true)
    public static let item = Key.Kind("item", rank: 0, isReference: true)
    public static let member = Key.Kind("member", rank: 0, isReference: true)
    public static let order = Key.Kind("order", rank: 10)
    public static let journal = Key.Kind("journal", rank: 20)
}

extension Key {
    /// All versions of all plans: which one holds can only be told from all of them.
    public static let plans = Key(.plans, "all")

    public static func item(_ sku: String) -> Key { Key(.item, sku) }
    public static func member(_ memberID: String) -> Key { Key(.member, memberID) }
    public static func order(_ orderID: OrderID) -> Key { Key(.order, orderID.text) }
    public static func journal(_ journalID: String) -> Key { Key(.journal, journalID) }
}
