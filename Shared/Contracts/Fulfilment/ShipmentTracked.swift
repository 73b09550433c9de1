/// A carrier's scan moved the state of a shipment.
public struct ShipmentTracked: Fact, Equatable {
    public static let topic = Topic.fulfilmentShipments
    public static let type = "tributary.fulfilment.shipments.ShipmentTracked.v1"

    public let orderID: OrderID
    public let shipmentID: String
    public let status: TrackingStatus
    public let location: String?
    public let occurredAt: Instant
    /// The carrier's own code.
    public let rawCode: String?
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, shipmentID: String, status: TrackingStatus, location: String? = nil, occurredAt: Instant,
        rawCode: String? = nil, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.status = status
        self.location = location
        self.occurredAt = occurredAt
        self.rawCode = rawCode
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        shipmentID = try json.string("shipmentId", atMost: 64)
        status = try json.word("status")
        location = try json.stringIfPresent("location")
        occurredAt = try json.instant("occurredAt")
        rawCode = try json.stringIfPresent("rawCode")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("shipmentId", shipmentID)
        json.field("status", status.rawValue)
        json.field("location", location)
        json.field("occurredAt", occurredAt)
        json.field("rawCode", rawCode)
    }
}

/// Where a parcel is, in the words all carriers are brought to.
public enum TrackingStatus: String, CaseIterable, Sendable {
    case pickedUp = "picked-up"
    case inTransit = "in-transit"
    case outForDelivery = "out-for-delivery"
    case atPickupPoint = "at-pickup-point"
    case delivered
    case refused
    case exception
    case returning
    case returned
}
