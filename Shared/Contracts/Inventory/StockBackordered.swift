/// A part of the order is set aside, the rest waits for goods; `StockReserved` follows when all is there.
public struct StockBackordered: Fact, Equatable {
    public static let topic = Topic.inventoryStock
    public static let type = "tributary.inventory.stock.StockBackordered.v1"

    public let orderID: OrderID
    public let reservation: Int64
    public let allocations: [WarehouseAllocation]
    public let missing: [LineQuantity]
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, reservation: Int64, allocations: [WarehouseAllocation], missing: [LineQuantity],
        version: Int64 = 0
    ) {
        self.orderID = orderID
        self.reservation = reservation
        self.allocations = allocations
        self.missing = missing
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        reservation = try json.integer("reservation")
        allocations = try json.readList("allocations")
        missing = try json.readList("missing")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("reservation", reservation)
        json.field("allocations", list: allocations)
        json.field("missing", list: missing)
    }
}
