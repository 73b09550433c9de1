/// Somebody has looked at every piece that came back.
public struct CaseInspected: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseInspected.v1"

    public let orderID: OrderID
    public let caseID: String
    public let warehouse: String
    public let lines: [InspectedLine]
    public let inspectedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, caseID: String, warehouse: String, lines: [InspectedLine], inspectedAt: Instant,
        version: Int64 = 0
    ) {
        self.orderID = orderID
        self.caseID = caseID
        self.warehouse = warehouse
        self.lines = lines
        self.inspectedAt = inspectedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        warehouse = try json.string("warehouse")
        lines = try json.readList("lines")
        inspectedAt = try json.instant("inspectedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("warehouse", warehouse)
        json.field("lines", list: lines)
        json.field("inspectedAt", inspectedAt)
    }
}

/// Pieces of one line with the same outcome.
public struct InspectedLine: JSONCoded, Equatable {
    public let lineID: String
    public let sku: String
    public let quantity: Int64
    public let outcome: InspectionOutcome
    /// Who bears it; absent: nobody has said.
    public let liability: Liability?

    public init(
        lineID: String, sku: String, quantity: Int64, outcome: InspectionOutcome, liability: Liability? = nil
    ) {
        self.lineID = lineID
        self.sku = sku
        self.quantity = quantity
        self.outcome = outcome
        self.liability = liability
    }

    public init(_ json: JSONObject) throws(Fault) {
        lineID = try json.string("lineId")
        sku = try json.string("sku")
        quantity = try json.integer("quantity")
        outcome = try json.word("outcome")
        liability = try json.wordIfPresent("liability")
    }

    public func write(to json: inout JSONWriter) {
        json.field("lineId", lineID)
        json.field("sku", sku)
        json.field("quantity", quantity)
        json.field("outcome", outcome.rawValue)
        json.field("liability", liability?.rawValue)
    }
}

/// What becomes of goods that came back.
public enum InspectionOutcome: String, CaseIterable, Sendable {
    case restock
    case secondGrade = "second-grade"
    case scrap
    case supplier
}
