/// Gives a shipment that has not left to another carrier.
public struct ReassignCarrier: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "fulfilment")
    public static let type = "tributary.fulfilment.commands.ReassignCarrier.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let shipmentID: String
    public let carrier: String

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, shipmentID: String, carrier: String) {
        self.head = head
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.carrier = carrier
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        shipmentID = try json.string("shipmentId", atMost: 64)
        carrier = try json.string("carrier")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("shipmentId", shipmentID)
        json.field("carrier", carrier)
    }
}
