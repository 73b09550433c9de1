/// The shipment came back without having been delivered.
public struct ShipmentReturned: Fact, Equatable {
    public static let topic = Topic.fulfilmentShipments
    public static let type = "tributary.fulfilment.shipments.ShipmentReturned.v1"

    public let orderID: OrderID
    public let shipmentID: String
    public let warehouse: String
    public let carrier: String
    public let waybill: String
    public let lines: [LineQuantity]
    public let returnedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, shipmentID: String, warehouse: String, carrier: String, waybill: String,
        lines: [LineQuantity], returnedAt: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.warehouse = warehouse
        self.carrier = carrier
        self.waybill = waybill
        self.lines = lines
        self.returnedAt = returnedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        shipmentID = try json.string("shipmentId", atMost: 64)
        warehouse = try json.string("warehouse")
        carrier = try json.string("carrier")
        waybill = try json.string("waybill")
        lines = try json.readList("lines")
        returnedAt = try json.instant("returnedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("shipmentId", shipmentID)
        json.field("warehouse", warehouse)
        json.field("carrier", carrier)
        json.field("waybill", waybill)
        json.field("lines", list: lines)
        json.field("returnedAt", returnedAt)
    }
}
