/// The shipment has left.
public struct ShipmentDispatched: Fact, Equatable {
    public static let topic = Topic.fulfilmentShipments
    public static let type = "tributary.fulfilment.shipments.ShipmentDispatched.v1"

    public let orderID: OrderID
    public let shipmentID: String
    public let parcelID: String
    public let direction: ShipmentDirection
    /// It came from, or goes to when it is a return.
    public let warehouse: String
    public let carrier: String
    public let waybill: String
    public let lines: [LineQuantity]
    public let dispatchedAt: Instant
    /// When the carrier promises to deliver it.
    public let promisedBy: Instant?
    /// By when eight of ten such parcels have arrived lately; absent while too few have.
    public let estimatedBy: Instant?
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, shipmentID: String, parcelID: String, direction: ShipmentDirection, warehouse: String,
        carrier: String, waybill: String, lines: [LineQuantity], dispatchedAt: Instant, promisedBy: Instant? = nil,
        estimatedBy: Instant? = nil, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.parcelID = parcelID
        self.direction = direction
        self.warehouse = warehouse
        self.carrier = carrier
        self.waybill = waybill
        self.lines = lines
        self.dispatchedAt = dispatchedAt
        self.promisedBy = promisedBy
        self.estimatedBy = estimatedBy
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        shipmentID = try json.string("shipmentId", atMost: 64)
        parcelID = try json.string("parcelId", atMost: 64)
        direction = try json.word("direction")
        warehouse = try json.string("warehouse")
        carrier = try json.string("carrier")
        waybill = try json.string("waybill")
        lines = try json.readList("lines")
        dispatchedAt = try json.instant("dispatchedAt")
        promisedBy = try json.instantIfPresent("promisedBy")
        estimatedBy = try json.instantIfPresent("estimatedBy")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("shipmentId", shipmentID)
        json.field("parcelId", parcelID)
        json.field("direction", direction.rawValue)
        json.field("warehouse", warehouse)
        json.field("carrier", carrier)
        json.field("waybill", waybill)
        json.field("lines", list: lines)
        json.field("dispatchedAt", dispatchedAt)
        json.field("promisedBy", promisedBy)
        json.field("estimatedBy", estimatedBy)
    }
}

/// To the buyer, or back.
public enum ShipmentDirection: String, CaseIterable, Sendable {
    case out
    case `return`
}
