/// Enters that the goods of a case are back.
public struct ReceiveGoods: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "after-sales")
    public static let type = "tributary.after-sales.commands.ReceiveGoods.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let caseID: String
    public let warehouse: String
    /// What came; empty when all did.
    public let lines: [LinePieces]

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, caseID: String, warehouse: String, lines: [LinePieces]) {
        self.head = head
        self.orderID = orderID
        self.caseID = caseID
        self.warehouse = warehouse
        self.lines = lines
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        caseID = try json.string("caseId", atMost: 64)
        warehouse = try json.string("warehouse")
        lines = try json.readList("lines")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("caseId", caseID)
        json.field("warehouse", warehouse)
        json.field("lines", list: lines)
    }
}
