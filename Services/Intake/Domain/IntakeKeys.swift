public import Contracts

/// The names of intake's aggregates, in the order of their locks.
extension Key.Kind {
    public static let channel = Key.Kind("channel", rank: 0, isReference: true)
    public static let item = Key.Kind("item", rank: 0, isReference: true)
    public static let listing = Key.Kind("listing", rank: 0, isReference: true)
    public static let member = Key.Kind("member", rank: 0, isReference: true)
    public static let binding = Key.Kind("binding", rank: 0, isReference: true)
    /// What leads to orders; locked before them.
    public static let buyer = Key.Kind("buyer", rank: 1)
    public static let unmatched = Key.Kind("unmatched-sku", rank: 1)
    public static let expected = Key.Kind("expected-member", rank: 1)
    public static let order = Key.Kind("order", rank: 2)
    /// Another name of an order; it locks the same row.
    public static let external = Key.Kind("external", rank: 2)
    /// Which rows of `parties` are of a buyer: read from them, and changed through them alone.
    public static let dossier = Key.Kind("dossier", rank: 3)
    public static let parties = Key.Kind("parties", rank: 4)
    /// Under the channel's name for the order.
    public static let snapshot = Key.Kind("snapshot", rank: 5)
}

extension Key {
    public static func order(_ orderID: OrderID) -> Key { Key(.order, orderID.text) }

    /// What a channel calls an order: all that payments and cancels know.
    public static func external(_ channel: String, _ externalOrderID: String) -> Key {
        Key(.external, "\(channel)/\(externalOrderID)")
    }

    /// - Parameter buyerID: `channel/externalBuyerId`.
    public static func buyer(_ buyerID: String) -> Key { Key(.buyer, buyerID) }
    public static func unmatched(_ externalSku: String) -> Key { Key(.unmatched, externalSku) }
    public static func expected(_ memberID: String) -> Key { Key(.expected, memberID) }
    public static func dossier(_ buyerID: String) -> Key { Key(.dossier, buyerID) }
    public static func parties(_ orderID: OrderID) -> Key { Key(.parties, orderID.text) }
    public static func snapshot(_ channel: String, _ externalOrderID: String) -> Key {
        Key(.snapshot, "\(channel)/\(externalOrderID)")
    }

    public static func channel(_ channel: String) -> Key { Key(.channel, channel) }
    public static func item(_ sku: String) -> Key { Key(.item, sku) }
    public static func listing(_ channel: String, _ externalSku: String) -> Key {
        Key(.listing, "\(channel)/\(externalSku)")
    }
    public static func member(_ memberID: String) -> Key { Key(.member, memberID) }
    /// - Parameter buyerID: `channel/externalBuyerId`.
    public static func binding(_ buyerID: String) -> Key { Key(.binding, buyerID) }
}

extension IntakeAggregate {
    /// The further names of an order.
    public var aliases: [Key] {
        guard case .order(let order) = self else { return [] }
        return [.external(order.placed.channel, order.placed.externalOrderID)]
    }
}

extension Key {
    /// The order of an update of ours; `nil` when its id begins with none.
    static func order(ofUpdate updateID: String) -> Key? {
        OrderID(ofPart: updateID).map(Key.order)
    }
}
