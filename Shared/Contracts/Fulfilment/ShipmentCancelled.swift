/// A planned shipment will not leave.
public struct ShipmentCancelled: Fact, Equatable {
    public static let topic = Topic.fulfilmentShipments
    public static let type = "tributary.fulfilment.shipments.ShipmentCancelled.v1"

    public let orderID: OrderID
    public let shipmentID: String
    public let warehouse: String
    public let lines: [LineQuantity]
    public let reason: String
    public let cancelledAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, shipmentID: String, warehouse: String, lines: [LineQuantity], reason: String,
        cancelledAt: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.warehouse = warehouse
        self.lines = lines
        self.reason = reason
        self.cancelledAt = cancelledAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        shipmentID = try json.string("shipmentId", atMost: 64)
        warehouse = try json.string("warehouse")
        lines = try json.readList("lines")
        reason = try json.string("reason", atMost: 2000)
        cancelledAt = try json.instant("cancelledAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("shipmentId", shipmentID)
        json.field("warehouse", warehouse)
        json.field("lines", list: lines)
        json.field("reason", reason)
        json.field("cancelledAt", cancelledAt)
    }
}
