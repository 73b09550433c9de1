/// The shipment has reached the buyer.
public struct ShipmentDelivered: Fact, Equatable {
    public static let topic = Topic.fulfilmentShipments
    public static let type = "tributary.fulfilment.shipments.ShipmentDelivered.v1"

    public let orderID: OrderID
    public let shipmentID: String
    public let carrier: String
    public let waybill: String
    public let lines: [LineQuantity]
    public let deliveredAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, shipmentID: String, carrier: String, waybill: String, lines: [LineQuantity],
        deliveredAt: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.carrier = carrier
        self.waybill = waybill
        self.lines = lines
        self.deliveredAt = deliveredAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        shipmentID = try json.string("shipmentId", atMost: 64)
        carrier = try json.string("carrier")
        waybill = try json.string("waybill")
        lines = try json.readList("lines")
        deliveredAt = try json.instant("deliveredAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("shipmentId", shipmentID)
        json.field("carrier", carrier)
        json.field("waybill", waybill)
        json.field("lines", list: lines)
        json.field("deliveredAt", deliveredAt)
    }
}
