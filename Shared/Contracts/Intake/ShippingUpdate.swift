/// Tells a platform that goods have left, with their waybill; idempotent by `updateID`.
public struct ShippingUpdate: Fact, Equatable {
    public static let topic = Topic.channelUpdates
    public static let type = "tributary.channel.updates.ShippingUpdate.v1"

    public let updateID: String
    public let channel: String
    public let externalOrderID: String
    public let orderID: OrderID
    public let shipmentID: String
    public let carrier: String
    /// The platform's own word for the carrier; absent when it is not known.
    public let carrierCode: String?
    public let waybill: String
    public let lines: [LineQuantity]
    public let shippedAt: Instant
    public var version: Int64

    public var key: String { "\(channel)/\(externalOrderID)" }

    public init(
        updateID: String, channel: String, externalOrderID: String, orderID: OrderID, shipmentID: String,
        carrier: String, carrierCode: String? = nil, waybill: String, lines: [LineQuantity], shippedAt: Instant,
        version: Int64 = 0
    ) {
        self.updateID = updateID
        self.channel = channel
        self.externalOrderID = externalOrderID
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.carrier = carrier
        self.carrierCode = carrierCode
        self.waybill = waybill
        self.lines = lines
        self.shippedAt = shippedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        updateID = try json.string("updateId", atMost: 64)
        channel = try json.string("channel")
        externalOrderID = try json.string("externalOrderId")
        version = try json.integer("version")
        orderID = try json.orderID()
        shipmentID = try json.string("shipmentId", atMost: 64)
        carrier = try json.string("carrier")
        carrierCode = try json.stringIfPresent("carrierCode")
        waybill = try json.string("waybill")
        lines = try json.readList("lines")
        shippedAt = try json.instant("shippedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("updateId", updateID)
        json.field("channel", channel)
        json.field("externalOrderId", externalOrderID)
        json.field("version", version)
        json.field("orderId", orderID)
        json.field("shipmentId", shipmentID)
        json.field("carrier", carrier)
        json.field("carrierCode", carrierCode)
        json.field("waybill", waybill)
        json.field("lines", list: lines)
        json.field("shippedAt", shippedAt)
    }
}
