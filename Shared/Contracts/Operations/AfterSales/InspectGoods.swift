/// Enters what becomes of goods that came back.
public struct InspectGoods: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "after-sales")
    public static let type = "tributary.after-sales.commands.InspectGoods.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let caseID: String
    public let warehouse: String
    public let lines: [InspectionLine]

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, caseID: String, warehouse: String, lines: [InspectionLine]) {
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

/// Pieces of one line and what becomes of them.
public struct InspectionLine: JSONCoded, Equatable {
    public let lineID: String
    public let quantity: Int64
    public let outcome: InspectionOutcome
    /// Who bears it; absent: nobody has said.
    public let liability: Liability?

    public init(lineID: String, quantity: Int64, outcome: InspectionOutcome, liability: Liability? = nil) {
        self.lineID = lineID
        self.quantity = quantity
        self.outcome = outcome
        self.liability = liability
    }

    public init(_ json: JSONObject) throws(Fault) {
        lineID = try json.string("lineId")
        quantity = try json.integer("quantity")
        outcome = try json.word("outcome")
        liability = try json.wordIfPresent("liability")
    }

    public func write(to json: inout JSONWriter) {
        json.field("lineId", lineID)
        json.field("quantity", quantity)
        json.field("outcome", outcome.rawValue)
        json.field("liability", liability?.rawValue)
    }
}
