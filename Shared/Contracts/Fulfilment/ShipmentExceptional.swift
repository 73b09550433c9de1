/// Something is wrong with a shipment and a person should look: refused, lost, damaged, silent for too long.
public struct ShipmentExceptional: Fact, Equatable {
    public static let topic = Topic.fulfilmentShipments
    public static let type = "tributary.fulfilment.shipments.ShipmentExceptional.v1"

    public let orderID: OrderID
    public let shipmentID: String
    public let carrier: String
    public let waybill: String
    public let reason: String
    public let at: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, shipmentID: String, carrier: String, waybill: String, reason: String, at: Instant,
        version: Int64 = 0
    ) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.carrier = carrier
        self.waybill = waybill
        self.reason = reason
        self.at = at
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        shipmentID = try json.string("shipmentId", atMost: 64)
        carrier = try json.string("carrier")
        waybill = try json.string("waybill")
        reason = try json.string("reason", atMost: 2000)
        at = try json.instant("at")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("shipmentId", shipmentID)
        json.field("carrier", carrier)
        json.field("waybill", waybill)
        json.field("reason", reason)
        json.field("at", at)
    }
}
