/// The case is over; what it paused goes on.
public struct CaseClosed: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseClosed.v1"

    public let orderID: OrderID
    public let caseID: String
    public let outcome: CaseOutcome
    public let closedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, caseID: String, outcome: CaseOutcome, closedAt: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.caseID = caseID
        self.outcome = outcome
        self.closedAt = closedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        outcome = try json.word("outcome")
        closedAt = try json.instant("closedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("outcome", outcome.rawValue)
        json.field("closedAt", closedAt)
    }
}

/// How a case ended.
public enum CaseOutcome: String, CaseIterable, Sendable {
    case refunded
    case exchanged
    case rejected
    case withdrawn
    /// The buyer did not send the goods in time.
    case expired
}
