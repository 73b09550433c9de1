/// The case pays money back; the commission of these pieces is reversed.
public struct CaseRefunded: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseRefunded.v1"

    public let orderID: OrderID
    public let caseID: String
    public let refundID: String
    /// All lines and the freight, in minor units.
    public let amount: Int64
    public let lines: [RefundedLine]
    public let freight: Int64
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, caseID: String, refundID: String, amount: Int64, lines: [RefundedLine], freight: Int64,
        version: Int64 = 0
    ) {
        self.orderID = orderID
        self.caseID = caseID
        self.refundID = refundID
        self.amount = amount
        self.lines = lines
        self.freight = freight
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        refundID = try json.string("refundId", atMost: 64)
        amount = try json.integer("amount")
        lines = try json.readList("lines")
        freight = try json.integer("freight")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("refundId", refundID)
        json.field("amount", amount)
        json.field("lines", list: lines)
        json.field("freight", freight)
    }
}

/// What is paid back for pieces of one line, without freight.
public struct RefundedLine: JSONCoded, Equatable {
    public let lineID: String
    public let quantity: Int64
    public let amount: Int64

    public init(lineID: String, quantity: Int64, amount: Int64) {
        self.lineID = lineID
        self.quantity = quantity
        self.amount = amount
    }

    public init(_ json: JSONObject) throws(Fault) {
        lineID = try json.string("lineId")
        quantity = try json.integer("quantity")
        amount = try json.integer("amount")
    }

    public func write(to json: inout JSONWriter) {
        json.field("lineId", lineID)
        json.field("quantity", quantity)
        json.field("amount", amount)
    }
}
