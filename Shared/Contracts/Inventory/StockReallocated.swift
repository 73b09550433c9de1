/// Whether pieces that were set aside for an order now are so in another warehouse: all of them or none.
public struct StockReallocated: Fact, Equatable {
    public static let topic = Topic.inventoryStock
    public static let type = "tributary.inventory.stock.StockReallocated.v1"

    public let orderID: OrderID
    public let reservation: Int64
    public let requestID: String
    public let warehouse: String
    /// Why not; absent when they were moved.
    public let refusal: String?
    /// Where they were before.
    public let allocations: [WarehouseAllocation]
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, reservation: Int64, requestID: String, warehouse: String, refusal: String? = nil,
        allocations: [WarehouseAllocation], version: Int64 = 0
    ) {
        self.orderID = orderID
        self.reservation = reservation
        self.requestID = requestID
        self.warehouse = warehouse
        self.refusal = refusal
        self.allocations = allocations
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        reservation = try json.integer("reservation")
        requestID = try json.string("requestId")
        warehouse = try json.string("warehouse")
        refusal = try json.stringIfPresent("refusal", atMost: 2000)
        allocations = try json.readList("allocations")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("reservation", reservation)
        json.field("requestId", requestID)
        json.field("warehouse", warehouse)
        json.field("refusal", refusal)
        json.field("allocations", list: allocations)
    }
}
