/// The shipment has a carrier and a waybill; it has not left yet.
public struct ShipmentLabelled: Fact, Equatable {
    public static let topic = Topic.fulfilmentShipments
    public static let type = "tributary.fulfilment.shipments.ShipmentLabelled.v1"

    public let orderID: OrderID
    public let shipmentID: String
    /// The parcel it travels in; merged shipments share one.
    public let parcelID: String
    public let carrier: String
    public let waybill: String
    public let labelledAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, shipmentID: String, parcelID: String, carrier: String, waybill: String, labelledAt: Instant,
        version: Int64 = 0
    ) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.parcelID = parcelID
        self.carrier = carrier
        self.waybill = waybill
        self.labelledAt = labelledAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        shipmentID = try json.string("shipmentId", atMost: 64)
        parcelID = try json.string("parcelId", atMost: 64)
        carrier = try json.string("carrier")
        waybill = try json.string("waybill")
        labelledAt = try json.instant("labelledAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("shipmentId", shipmentID)
        json.field("parcelId", parcelID)
        json.field("carrier", carrier)
        json.field("waybill", waybill)
        json.field("labelledAt", labelledAt)
    }
}
