/// The goods of a case are back in a warehouse, not yet inspected.
public struct CaseGoodsReceived: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseGoodsReceived.v1"

    public let orderID: OrderID
    public let caseID: String
    public let warehouse: String
    public let lines: [LineQuantity]
    public let receivedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, caseID: String, warehouse: String, lines: [LineQuantity], receivedAt: Instant,
        version: Int64 = 0
    ) {
        self.orderID = orderID
        self.caseID = caseID
        self.warehouse = warehouse
        self.lines = lines
        self.receivedAt = receivedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        warehouse = try json.string("warehouse")
        lines = try json.readList("lines")
        receivedAt = try json.instant("receivedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("warehouse", warehouse)
        json.field("lines", list: lines)
        json.field("receivedAt", receivedAt)
    }
}
