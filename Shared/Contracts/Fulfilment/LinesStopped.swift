/// The one answer to who wanted goods not to leave: what stays, and what had left already.
///
/// A stop lasts until its asker lets go, also for lines not planned yet.
public struct LinesStopped: Fact, Equatable {
    public static let topic = Topic.fulfilmentShipments
    public static let type = "tributary.fulfilment.shipments.LinesStopped.v1"

    public let orderID: OrderID
    /// Of the cancel request, hold or case that asked.
    public let requestID: String
    public let stopped: [LinePieces]
    /// Each with its shipment.
    public let dispatched: [LinePieces]
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, requestID: String, stopped: [LinePieces], dispatched: [LinePieces], version: Int64 = 0
    ) {
        self.orderID = orderID
        self.requestID = requestID
        self.stopped = stopped
        self.dispatched = dispatched
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        requestID = try json.string("requestId", atMost: 64)
        stopped = try json.readList("stopped", atMost: 5000)
        dispatched = try json.readList("dispatched", atMost: 5000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("requestId", requestID)
        json.field("stopped", list: stopped)
        json.field("dispatched", list: dispatched)
    }
}
