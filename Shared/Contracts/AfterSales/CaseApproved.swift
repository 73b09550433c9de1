/// The buyer gets what the case is about.
public struct CaseApproved: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseApproved.v1"

    public let orderID: OrderID
    public let caseID: String
    public let kind: CaseKind
    public let lines: [CaseLine]
    public let amount: Int64
    /// The policy rule that decided, if no person did.
    public let rule: String?
    /// A user id, or `policy`.
    public let by: String
    public let approvedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, caseID: String, kind: CaseKind, lines: [CaseLine], amount: Int64, rule: String? = nil,
        by: String, approvedAt: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.caseID = caseID
        self.kind = kind
        self.lines = lines
        self.amount = amount
        self.rule = rule
        self.by = by
        self.approvedAt = approvedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        kind = try json.word("kind")
        lines = try json.readList("lines")
        amount = try json.integer("amount")
        rule = try json.stringIfPresent("rule")
        by = try json.string("by")
        approvedAt = try json.instant("approvedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("kind", kind.rawValue)
        json.field("lines", list: lines)
        json.field("amount", amount)
        json.field("rule", rule)
        json.field("by", by)
        json.field("approvedAt", approvedAt)
    }
}
