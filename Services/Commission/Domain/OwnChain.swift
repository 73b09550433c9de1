public import Contracts

/// Who is paid when a distributor buys and the plan shifts the levels: the buyer, who is level 1, and those above.
public struct OwnChain: JSONCoded, Equatable {
    /// Nearest first; the first is the buyer.
    public let links: [ChainLink]

    public init(_ links: [ChainLink]) { self.links = links }

    /// The field is called as in an attribution, so that queries read both alike.
    public init(_ json: JSONObject) throws(Fault) { links = try json.readList("chain") }

    public func write(to json: inout JSONWriter) { json.field("chain", list: links) }
}

extension State<CommissionAggregate> {
    /// The own chain of an order's buyer under a plan; `nil` when the plan does not shift, or the buyer is no distributor.
    func ownChain(of order: OrderPlaced, by plan: DistributionPlan) -> OwnChain? {
        guard plan.selfPurchase == .shift, let buyerID = order.buyerID else { return nil }
        let upline = BuyerUpline(of: buyerID, at: order.placedAt, self)
        return upline.links.isEmpty ? nil : OwnChain(upline.links)
    }

    /// What `ownChain` needs, as far as what is loaded tells.
    func keysOfOwnChain(of order: OrderPlaced, by plan: DistributionPlan) -> [Key] {
        guard plan.selfPurchase == .shift, let buyerID = order.buyerID else { return [] }
        return BuyerUpline(of: buyerID, at: order.placedAt, self).keys
    }
}

/// The distributor whom an account belongs to and those above, as of the sale.
///
/// As intake follows an upline: who is disabled is left out and those above move up, who is unknown ends the chain. So
/// does who stands in it already.
private struct BuyerUpline {
    static let maximumLevels = 10

    private(set) var links: [ChainLink] = []
    /// All that was looked at; what is not loaded may lead to more.
    private(set) var keys: [Key]

    init(of buyerID: String, at moment: Instant, _ state: State<CommissionAggregate>) {
        let buyer = Key.buyer(buyerID)
        keys = [buyer]
        guard state.isLoaded(buyer) else { return }
        let named = state.membersNaming(buyerID)
        keys += named.map { .member($0) }
        guard keys.allSatisfy(state.isLoaded) else { return }
        let holders = named.compactMap { memberID in
            state.member(memberID).since(naming: buyerID, at: moment).map { (since: $0, memberID: memberID) }
        }
        let holder = holders.min { ($0.since, $0.memberID) < ($1.since, $1.memberID) }
        if let holder { follow(holder.memberID, at: moment, state) }
    }

    private mutating func follow(_ memberID: String, at moment: Instant, _ state: State<CommissionAggregate>) {
        var next: String? = memberID
        var seen: Set<String> = []
        for _ in 0..<Self.maximumLevels {
            guard let memberID = next, seen.insert(memberID).inserted else { return }
            keys.append(.member(memberID))
            guard state.isLoaded(.member(memberID)), let record = state.member(memberID).record(at: moment) else {
                return
            }
            if record.status == .active { links.append(ChainLink(memberID: memberID, grade: record.grade)) }
            next = record.parentID
        }
    }
}
