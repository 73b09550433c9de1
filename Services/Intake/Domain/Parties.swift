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
