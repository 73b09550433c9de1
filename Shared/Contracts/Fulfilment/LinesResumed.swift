/// A stop has ended: some pieces may leave again, and some never will.
public struct LinesResumed: Fact, Equatable {
    public static let topic = Topic.fulfilmentShipments
    public static let type = "tributary.fulfilment.shipments.LinesResumed.v1"

    public let orderID: OrderID
    public let requestID: String
    public let lines: [LinePieces]
    /// What the stop's case took out of the order before it left.
    public let withdrawn: [Withdrawn]
    public var version: Int64

    public var key: String { orderID.text }

    /// Pieces that a refund or an exchange took out of what is shipped.
    public struct Withdrawn: JSONCoded, Equatable {
        public let lineID: String
        public let quantity: Int64
        /// Whose parcel they were meant for; `nil` when no parcel was planned for them.
        public let warehouse: String?

        public init(lineID: String, quantity: Int64, warehouse: String? = nil) {
            self.lineID = lineID
            self.quantity = quantity
            self.warehouse = warehouse
        }

        public init(_ json: JSONObject) throws(Fault) {
            lineID = try json.string("lineId")
            quantity = try json.integer("quantity")
            warehouse = try json.stringIfPresent("warehouse")
        }

        public func write(to json: inout JSONWriter) {
            json.field("lineId", lineID)
            json.field("quantity", quantity)
            json.field("warehouse", warehouse)
        }
    }

    public init(
        orderID: OrderID, requestID: String, lines: [LinePieces], withdrawn: [Withdrawn] = [], version: Int64 = 0
    ) {
        self.orderID = orderID
        self.requestID = requestID
        self.lines = lines
        self.withdrawn = withdrawn
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        requestID = try json.string("requestId", atMost: 64)
        lines = try json.readList("lines")
        withdrawn = try json.readListIfPresent("withdrawn")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("requestId", requestID)
        json.field("lines", list: lines)
        if !withdrawn.isEmpty { json.field("withdrawn", list: withdrawn) }
    }
}
