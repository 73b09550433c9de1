/// A stop has ended: these pieces may leave again.
public struct LinesResumed: Fact, Equatable {
    public static let topic = Topic.fulfilmentShipments
    public static let type = "tributary.fulfilment.shipments.LinesResumed.v1"

    public let orderID: OrderID
    public let requestID: String
    public let lines: [LinePieces]
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, requestID: String, lines: [LinePieces], version: Int64 = 0) {
        self.orderID = orderID
        self.requestID = requestID
        self.lines = lines
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        requestID = try json.string("requestId", atMost: 64)
        lines = try json.readList("lines")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("requestId", requestID)
        json.field("lines", list: lines)
    }
}
