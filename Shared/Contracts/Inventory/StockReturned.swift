/// Pieces of an order came back and can be sold again.
public struct StockReturned: Fact, Equatable {
    public static let topic = Topic.inventoryStock
    public static let type = "tributary.inventory.stock.StockReturned.v1"

    public let orderID: OrderID
    public let reservation: Int64
    public let warehouse: String
    public let caseID: String?
    public let lines: [LineQuantity]
    public let reason: String
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, reservation: Int64, warehouse: String, caseID: String? = nil, lines: [LineQuantity],
        reason: String, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.reservation = reservation
        self.warehouse = warehouse
        self.caseID = caseID
        self.lines = lines
        self.reason = reason
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        reservation = try json.integer("reservation")
        warehouse = try json.string("warehouse")
        caseID = try json.stringIfPresent("caseId", atMost: 64)
        lines = try json.readList("lines")
        reason = try json.string("reason", atMost: 2000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("reservation", reservation)
        json.field("warehouse", warehouse)
        json.field("caseId", caseID)
        json.field("lines", list: lines)
        json.field("reason", reason)
    }
}
