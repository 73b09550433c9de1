public import Contracts

/// Who ordered and who receives: personal data, kept apart from the order and told to nobody.
///
/// - Source: DESIGN invariant I20; CONTRACTS, "Facts".
public struct Parties: JSONCoded, Equatable {
    public let orderID: OrderID
    public let buyer: ChannelOrder.Buyer?
    public let shipTo: ChannelOrder.Address?
    /// The buyer's.
    public let note: String?

    /// `nil` when the channel named nobody.
    init?(_ order: ChannelOrder, _ orderID: OrderID) {
        guard order.buyer != nil || order.shipTo != nil || order.note != nil else { return nil }
        self.orderID = orderID
        buyer = order.buyer
        shipTo = order.shipTo
        note = order.note
    }

    init(orderID: OrderID, buyer: ChannelOrder.Buyer?, shipTo: ChannelOrder.Address?, note: String?) {
        self.orderID = orderID
        self.buyer = buyer
        self.shipTo = shipTo
        self.note = note
    }

    /// With what these lack and the former ones had: platforms take names and sealed addresses back after a time.
    func keeping(_ former: Parties) -> Parties {
        Parties(
            orderID: orderID, buyer: buyer ?? former.buyer, shipTo: shipTo?.keeping(former.shipTo) ?? former.shipTo,
            note: note ?? former.note)
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        buyer = try json.readIfPresent("buyer")
        shipTo = try json.readIfPresent("shipTo")
        note = try json.textIfPresent("note")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
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
