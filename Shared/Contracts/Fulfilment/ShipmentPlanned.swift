/// A warehouse shall pack these pieces as one shipment.
public struct ShipmentPlanned: Fact, Equatable {
    public static let topic = Topic.fulfilmentShipments
    public static let type = "tributary.fulfilment.shipments.ShipmentPlanned.v1"

    public let orderID: OrderID
    public let shipmentID: String
    public let warehouse: String
    public let lines: [LineQuantity]
    public let weightGrams: Int64
    public let plannedAt: Instant
    /// When it must have left, where the platform says so.
    public let shipBy: Instant?
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, shipmentID: String, warehouse: String, lines: [LineQuantity], weightGrams: Int64,
        plannedAt: Instant, shipBy: Instant? = nil, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.warehouse = warehouse
        self.lines = lines
        self.weightGrams = weightGrams
        self.plannedAt = plannedAt
        self.shipBy = shipBy
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        shipmentID = try json.string("shipmentId", atMost: 64)
        warehouse = try json.string("warehouse")
        lines = try json.readList("lines")
        weightGrams = try json.integer("weightGrams")
        plannedAt = try json.instant("plannedAt")
        shipBy = try json.instantIfPresent("shipBy")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("shipmentId", shipmentID)
        json.field("warehouse", warehouse)
        json.field("lines", list: lines)
        json.field("weightGrams", weightGrams)
        json.field("plannedAt", plannedAt)
        json.field("shipBy", shipBy)
    }
}
