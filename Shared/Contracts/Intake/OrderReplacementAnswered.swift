/// What became of the order that a case wants placed in exchange; told under the order the case is about.
///
/// - Source: DESIGN section 4, "After-sales": the replacement's stock allows the approval.
public struct OrderReplacementAnswered: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderReplacementAnswered.v1"

    public let orderID: OrderID
    public let caseID: String
    public let replacementOrderID: OrderID
    public let outcome: Outcome
    public let answeredAt: Instant
    public var version: Int64

    public enum Outcome: String, CaseIterable, Sendable {
        case reserved, backordered
        /// There is too little of the goods, and the replacement is cancelled.
        case rejected
        /// Called off for another reason.
        case cancelled
    }

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, caseID: String, replacementOrderID: OrderID, outcome: Outcome, answeredAt: Instant,
        version: Int64 = 0
    ) {
        self.orderID = orderID
        self.caseID = caseID
        self.replacementOrderID = replacementOrderID
        self.outcome = outcome
        self.answeredAt = answeredAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        replacementOrderID = try json.orderID("replacementOrderId")
        outcome = try json.word("outcome")
        answeredAt = try json.instant("answeredAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("replacementOrderId", replacementOrderID)
        json.field("outcome", outcome.rawValue)
        json.field("answeredAt", answeredAt)
    }
}
