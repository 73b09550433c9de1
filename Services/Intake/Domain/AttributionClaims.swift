public import Contracts

/// What a sale brought along to decide whose it is; kept, so that it can be decided again when more is learnt.
///
/// - Source: DESIGN section 2, "Reference topics": what comes later but is dated before the sale still counts.
public struct AttributionClaims: JSONCoded, Equatable {
    /// The channel's, as of the order's arrival.
    public let mode: CatalogChannel.AttributionMode
    public let bindingDays: Int64?
    /// The channel's own distributor.
    public let agentID: String?
    public let referral: ChannelOrder.Referral?
    /// Who could have had the order while nobody has it.
    public internal(set) var contest: [Contender]

    init(_ order: ChannelOrder, _ channel: CatalogChannel, contest: [Contender] = []) {
        mode = channel.attributionMode
        bindingDays = channel.bindingDays
        agentID = channel.memberID
        referral = order.referral
        self.contest = contest
    }

    public init(_ json: JSONObject) throws(Fault) {
        mode = try json.word("mode")
        bindingDays = try json.integerIfPresent("bindingDays")
        agentID = try json.stringIfPresent("agentId")
        referral = try json.readIfPresent("referral")
        contest = try json.readListIfPresent("contest")
    }

    public func write(to json: inout JSONWriter) {
        json.field("mode", mode.rawValue)
        json.field("bindingDays", bindingDays)
        json.field("agentId", agentID)
        json.field("referral", referral)
        if !contest.isEmpty { json.field("contest", list: contest) }
    }
}

/// A sale as far as it matters whose it is.
struct Sale {
    let buyerID: String?
    let placedAt: Instant
    let claims: AttributionClaims
}

extension Order {
    /// `nil` for an order of before the claims were kept.
    var sale: Sale? { claims.map { Sale(buyerID: placed.buyerID, placedAt: placed.placedAt, claims: $0) } }
}
