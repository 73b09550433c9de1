public import Contracts

/// The order of the locks of this service: references are not locked, journals only ever appended.
///
/// Balances are read behind the lock of their member's account, not locked themselves: every order with that member
/// would wait. What an order books meanwhile is as if it came a moment later.
extension Key.Kind {
    public static let plans = Key.Kind("plans", rank: 0, isReference: true)
    public static let item = Key.Kind("item", rank: 0, isReference: true)
    public static let member = Key.Kind("member", rank: 0, isReference: true)
    public static let buyer = Key.Kind("buyer", rank: 0, isReference: true)
    public static let order = Key.Kind("order", rank: 10)
    public static let payout = Key.Kind("payout", rank: 12)
    public static let adjustment = Key.Kind("adjustment", rank: 13)
    public static let account = Key.Kind("account", rank: 14)
    public static let balance = Key.Kind("balance", rank: 15)
    public static let settlement = Key.Kind("settlement", rank: 16)
    public static let closing = Key.Kind("closing", rank: 17)
    public static let journal = Key.Kind("journal", rank: 20)
    public static let turnover = Key.Kind("turnover", rank: 21)
}

extension Key {
    /// All versions of all plans: which one holds can only be told from all of them.
    public static let plans = Key(.plans, "all")

    public static func item(_ sku: String) -> Key { Key(.item, sku) }
    public static func member(_ memberID: String) -> Key { Key(.member, memberID) }
    /// The members who name a buyer's account as their own.
    public static func buyer(_ account: String) -> Key { Key(.buyer, account) }
    public static func order(_ orderID: OrderID) -> Key { Key(.order, orderID.text) }
    public static func journal(_ journalID: String) -> Key { Key(.journal, journalID) }
    public static func payout(_ payoutID: String) -> Key { Key(.payout, payoutID) }
    public static func adjustment(_ memberID: String, _ adjustmentID: String) -> Key {
        Key(.adjustment, "\(memberID)/\(adjustmentID)")
    }
    public static func account(_ memberID: String) -> Key { Key(.account, memberID) }
    public static func turnover(_ id: String) -> Key { Key(.turnover, id) }
    public static func closing(_ closingID: String) -> Key { Key(.closing, closingID) }
    public static func settlement(_ name: SettlementName) -> Key { Key(.settlement, name.text) }
    public static func balance(_ memberID: String) -> Key { Key(.balance, memberID) }
}
