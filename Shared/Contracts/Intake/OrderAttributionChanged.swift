/// The order belongs to another distributor, or to none, since a binding came late or a person decided so.
public struct OrderAttributionChanged: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderAttributionChanged.v1"

    public let orderID: OrderID
    public let attribution: Attribution?
    public let reason: String
    /// Whose it was before.
    public let former: Attribution?
    /// Who could have had it when nobody has it now, and why not.
    public let contest: [Contender]
    /// The person who decided so; absent when a later record did.
    public let actor: String?
    /// Absent in facts of before it was told.
    public let changedAt: Instant?
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, attribution: Attribution? = nil, reason: String, former: Attribution? = nil,
        contest: [Contender] = [], actor: String? = nil, changedAt: Instant? = nil, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.attribution = attribution
        self.reason = reason
        self.former = former
        self.contest = contest
        self.actor = actor
        self.changedAt = changedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        attribution = try json.readIfPresent("attribution")
        reason = try json.string("reason", atMost: 2000)
        former = try json.readIfPresent("former")
        contest = try json.readListIfPresent("contest")
        actor = try json.stringIfPresent("actor")
        changedAt = try json.instantIfPresent("changedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("attribution", attribution)
        json.field("reason", reason)
        json.field("former", former)
        if !contest.isEmpty { json.field("contest", list: contest) }
        json.field("actor", actor)
        json.field("changedAt", changedAt)
    }
}
