/// People want what has not left of an order to come from another warehouse; inventory says whether it can.
public struct ReallocationRequested: Fact, Equatable {
    public static let topic = Topic.fulfilmentShipments
    public static let type = "tributary.fulfilment.shipments.ReallocationRequested.v1"

    public let orderID: OrderID
    /// The answer names it.
    public let requestID: String
    public let reservation: Int64
    /// Where the pieces shall come from.
    public let warehouse: String
    /// Where they are set aside now.
    public let allocations: [WarehouseAllocation]
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, requestID: String, reservation: Int64, warehouse: String,
        allocations: [WarehouseAllocation], version: Int64 = 0
    ) {
        self.orderID = orderID
        self.requestID = requestID
        self.reservation = reservation
        self.warehouse = warehouse
        self.allocations = allocations
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        requestID = try json.string("requestId")
        reservation = try json.integer("reservation")
        warehouse = try json.string("warehouse")
        allocations = try json.readList("allocations")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("requestId", requestID)
        json.field("reservation", reservation)
        json.field("warehouse", warehouse)
        json.field("allocations", list: allocations)
    }
}
