/// Sends a shipment off.
public struct DispatchShipment: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "fulfilment")
    public static let type = "tributary.fulfilment.commands.DispatchShipment.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let shipmentID: String
    /// `nil` leaves the choice to fulfilment.
    public let carrier: String?
    /// `nil` asks the carrier's provider for one.
    public let waybill: String?

    public var key: String { orderID.text }

    public init(
        head: CommandHead, orderID: OrderID, shipmentID: String, carrier: String? = nil, waybill: String? = nil
    ) {
        self.head = head
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.carrier = carrier
        self.waybill = waybill
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        shipmentID = try json.string("shipmentId", atMost: 64)
        carrier = try json.stringIfPresent("carrier")
        waybill = try json.stringIfPresent("waybill")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("shipmentId", shipmentID)
        json.field("carrier", carrier)
        json.field("waybill", waybill)
    }
}
