public import Contracts

/// Who ordered and who receives: personal data, kept apart from the order and told only sealed.
///
/// - Source: DESIGN invariant I20; CONTRACTS, "Facts".
public struct Parties: JSONCoded, Equatable {
    public let orderID: OrderID
    /// Under whose key it is told.
    public let buyerID: String
    public let buyer: ChannelOrder.Buyer?
    public let shipTo: ChannelOrder.Address?
    /// The buyer's.
    public let note: String?
    /// Everybody else was told to forget it.
    public private(set) var isLocked = false
    /// Nothing of it is left since then.
    public private(set) var erasedAt: Instant?

    /// `nil` when the channel named nobody.
    init?(_ order: ChannelOrder, _ orderID: OrderID) {
        guard order.buyer != nil || order.shipTo != nil || order.note != nil else { return nil }
        self.init(
            orderID: orderID, buyerID: order.buyerID ?? Self.owner(of: orderID), buyer: order.buyer,
            shipTo: order.shipTo, note: order.note)
    }

    init(
        orderID: OrderID, buyerID: String, buyer: ChannelOrder.Buyer?, shipTo: ChannelOrder.Address?, note: String?
    ) {
        self.orderID = orderID
        self.buyerID = buyerID
        self.buyer = buyer
        self.shipTo = shipTo
        self.note = note
    }

    /// Whose the personal data of an order is whose buyer has no name of its own.
    static func owner(of orderID: OrderID) -> String { "order/\(orderID.text)" }

    /// With what these lack and the former ones had: platforms take names and sealed addresses back after a time.
    func keeping(_ former: Parties) -> Parties {
        Parties(
            orderID: orderID, buyerID: former.buyerID, buyer: buyer ?? former.buyer,
            shipTo: shipTo?.keeping(former.shipTo) ?? former.shipTo, note: note ?? former.note)
    }

    func locked() -> Parties {
        var parties = self
        parties.isLocked = true
        return parties
    }

    func erased(at moment: Instant) -> Parties {
        var parties = Parties(orderID: orderID, buyerID: buyerID, buyer: nil, shipTo: nil, note: nil)
        parties.isLocked = true
        parties.erasedAt = moment
        return parties
    }

    /// Parties as they stood in the tables.
    ///
    /// - Parameter json: What `write` wrote; `nil` after they were erased.
    public init(
        orderID: OrderID, buyerID: String, _ json: JSONObject?, isLocked: Bool, erasedAt: Instant?
    ) throws(Fault) {
        self.orderID = orderID
        self.buyerID = buyerID
        buyer = try json?.readIfPresent("buyer")
        shipTo = try json?.readIfPresent("shipTo")
        note = try json?.textIfPresent("note")
        self.isLocked = isLocked
        self.erasedAt = erasedAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        try self.init(
            orderID: json.orderID(), buyerID: json.string("buyerId", atMost: 300), json, isLocked: false,
            erasedAt: nil)
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("buyerId", buyerID)
        json.field("buyer", buyer)
        json.field("shipTo", shipTo)
        json.field("note", note)
    }
}

extension ChannelOrder.Address {
    /// With the seal, names and places that this one lacks.
    fileprivate func keeping(_ former: ChannelOrder.Address?) -> ChannelOrder.Address {
        guard let former else { return self }
        let isStreetTold = street.map { !$0.isEmpty } ?? false
        return ChannelOrder.Address(
            name: name ?? former.name, phone: phone ?? former.phone, country: country,
            province: province ?? former.province, city: city ?? former.city, district: district ?? former.district,
            street: isStreetTold ? street : former.street, postalCode: postalCode ?? former.postalCode,
            sealed: sealed ?? former.sealed)
    }
}
