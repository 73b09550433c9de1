/// What a member earns on an order stays frozen until somebody decides.
public struct CommissionHeld: Fact, Equatable {
    public static let topic = Topic.commissionEntries
    public static let type = "tributary.commission.entries.CommissionHeld.v1"

    public let orderID: OrderID
    public let memberID: String
    /// The journal that put the money aside.
    public let entryID: String
    public let kind: CommissionHoldKind
    public let reason: String
    public let heldAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, memberID: String, entryID: String, kind: CommissionHoldKind, reason: String, heldAt: Instant,
        version: Int64 = 0
    ) {
        self.orderID = orderID
        self.memberID = memberID
        self.entryID = entryID
        self.kind = kind
        self.reason = reason
        self.heldAt = heldAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        memberID = try json.string("memberId")
        entryID = try json.string("entryId", atMost: 64)
        kind = try json.word("kind")
        reason = try json.string("reason", atMost: 2000)
        heldAt = try json.instant("heldAt")
        version = try json.integer("version")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("memberId", memberID)
        json.field("entryId", entryID)
        json.field("kind", kind.rawValue)
        json.field("reason", reason)
        json.field("heldAt", heldAt)
        json.field("version", version)
    }
}

/// Why commission is held.
public enum CommissionHoldKind: String, CaseIterable, Sendable {
    /// The member says that the amount is wrong.
    case dispute
    /// The buyer looks like the member.
    case ownPurchase = "own-purchase"
    /// Most of what the member sells comes back.
    case refundRing = "refund-ring"
    /// The member sells far more than before.
    case velocity
}
