/// Takes back a shipment that has not left.
public struct CancelShipment: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "fulfilment")
    public static let type = "tributary.fulfilment.commands.CancelShipment.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let shipmentID: String

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, shipmentID: String) {
        self.head = head
        self.orderID = orderID
        self.shipmentID = shipmentID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        shipmentID = try json.string("shipmentId", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("shipmentId", shipmentID)
    }
}
