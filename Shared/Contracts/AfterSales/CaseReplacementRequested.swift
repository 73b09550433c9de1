/// An exchange needs a replacement order, held until the case is approved.
public struct CaseReplacementRequested: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseReplacementRequested.v1"

    public let orderID: OrderID
    public let caseID: String
    /// What to send; each under the line it replaces.
    public let lines: [LineQuantity]
    /// The difference the buyer pays, or 0.
    public let total: Int64
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, caseID: String, lines: [LineQuantity], total: Int64, version: Int64 = 0) {
        self.orderID = orderID
        self.caseID = caseID
        self.lines = lines
        self.total = total
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        lines = try json.readList("lines")
        total = try json.integer("total")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("lines", list: lines)
        json.field("total", total)
    }
}
