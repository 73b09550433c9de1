/// Somebody has put a case's clock off, let it stand still or go on; what the clocks do by rule is not told.
///
/// It counts until the case takes its next step, which starts the next clock as ever.
public struct CaseClockChanged: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseClockChanged.v1"

    public let orderID: OrderID
    public let caseID: String
    public let clock: CaseClock
    /// When it runs out; `nil` while it stands still.
    public let dueAt: Instant?
    /// How long it has left while it stands still, in milliseconds; `nil` while it runs.
    public let restMilliseconds: Int64?
    public let reason: String
    /// A user id, or `policy`.
    public let by: String
    public let changedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, caseID: String, clock: CaseClock, dueAt: Instant? = nil, restMilliseconds: Int64? = nil,
        reason: String, by: String, changedAt: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.caseID = caseID
        self.clock = clock
        self.dueAt = dueAt
        self.restMilliseconds = restMilliseconds
        self.reason = reason
        self.by = by
        self.changedAt = changedAt
        self.version = version
    }

    /// - Throws: `Fault` also when the clock neither runs nor stands still, or does both.
    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        clock = try json.word("clock")
        dueAt = try json.instantIfPresent("dueAt")
        restMilliseconds = try json.integerIfPresent("restMilliseconds")
        reason = try json.string("reason", atMost: 2000)
        by = try json.string("by")
        changedAt = try json.instant("changedAt")
        guard (dueAt == nil) != (restMilliseconds == nil) else {
            throw Fault("stands beside restMilliseconds, or both are missing", field: "dueAt")
        }
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("clock", clock.rawValue)
        json.field("dueAt", dueAt)
        json.field("restMilliseconds", restMilliseconds)
        json.field("reason", reason)
        json.field("by", by)
        json.field("changedAt", changedAt)
    }
}

/// What runs while a case rests, and what happens by itself at its end.
public enum CaseClock: String, CaseIterable, Sendable {
    case approve
    case shipBack = "ship-back"
    case refundReturn = "refund-return"
}
