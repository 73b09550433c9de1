/// A hold was decided; what was due meanwhile matures.
public struct CommissionReleased: Fact, Equatable {
    public static let topic = Topic.commissionEntries
    public static let type = "tributary.commission.entries.CommissionReleased.v1"

    public let orderID: OrderID
    public let memberID: String
    /// The journal that put the money aside.
    public let entryID: String
    public let kind: CommissionHoldKind
    /// Of a dispute.
    public let answer: DisputeAnswer?
    public let reason: String
    public let actor: String
    public let releasedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, memberID: String, entryID: String, kind: CommissionHoldKind, answer: DisputeAnswer? = nil,
        reason: String, actor: String, releasedAt: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.memberID = memberID
        self.entryID = entryID
        self.kind = kind
        self.answer = answer
        self.reason = reason
        self.actor = actor
        self.releasedAt = releasedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        memberID = try json.string("memberId")
        entryID = try json.string("entryId", atMost: 64)
        kind = try json.word("kind")
        answer = try json.wordIfPresent("answer")
        reason = try json.string("reason", atMost: 2000)
        actor = try json.string("actor")
        releasedAt = try json.instant("releasedAt")
        version = try json.integer("version")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("memberId", memberID)
        json.field("entryId", entryID)
        json.field("kind", kind.rawValue)
        json.field("answer", answer?.rawValue)
        json.field("reason", reason)
        json.field("actor", actor)
        json.field("releasedAt", releasedAt)
        json.field("version", version)
    }
}
