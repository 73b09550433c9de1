public import Contracts

/// What after-sales locks: one order with its refund account at a time; channels are read without a lock.
extension Key {
    /// An order's refund account with its cases and refunds.
    public static func order(_ orderID: OrderID) -> Key { Key(.order, orderID.text) }

    /// The same order by the name its channel gave it.
    public static func external(_ channel: String, _ externalOrderID: String) -> Key {
        Key(.external, "\(channel)/\(externalOrderID)")
    }

    /// The same order once it is known whether there is money to pay back: requests before that wait for it.
    public static func ready(_ orderID: OrderID) -> Key { Key(.ready, orderID.text) }

    public static func channel(_ channel: String) -> Key { Key(.channel, channel) }
    public static func item(_ sku: String) -> Key { Key(.item, sku) }
    /// What distributors earn on an order; a row of its own, that no decision about the order writes.
    public static func earnings(_ orderID: OrderID) -> Key { Key(.earnings, orderID.text) }
    /// Locked after the orders.
    public static func buyer(_ buyerID: String) -> Key { Key(.buyer, buyerID) }
}

extension Key.Kind {
    public static let channel = Key.Kind("channel", rank: 0, isReference: true)
    public static let item = Key.Kind("item", rank: 0, isReference: true)
    public static let order = Key.Kind("order", rank: 10)
    public static let buyer = Key.Kind("buyer", rank: 20)
    public static let earnings = Key.Kind("earnings", rank: 30)
    public static let external = Key.Kind("external", rank: 10)
    public static let ready = Key.Kind("ready", rank: 10)
}
