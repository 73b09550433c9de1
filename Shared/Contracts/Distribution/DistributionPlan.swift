/// What distributors earn; an order keeps the version that held when it was placed.
///
/// - Units: basis points, minor units of `currency`, days.
/// - Errors: `Fault` when a level, or a supply price, stands twice.
public struct DistributionPlan: Message, Equatable {
    public static let type = "distribution.plan.v1"

    public enum Mode: String, CaseIterable, Sendable {
        case levels, differential
        /// Everybody earns what the level below pays for the goods less the own supply price (拿货价).
        case margin
    }

    /// What happens when a distributor buys: nothing is earned, or the buyer is level 1.
    public enum SelfPurchase: String, CaseIterable, Sendable {
        case block, shift
    }

    /// The amount rates apply to: without freight and tax, after discounts.
    public enum Basis: String, CaseIterable, Sendable {
        case goodsPaid = "goods-paid", goodsReceivable = "goods-receivable"
    }

    public let planID: String
    public let version: Int64
    /// Absent: the record's time.
    public let effectiveFrom: Instant?
    public let currency: String
    public let levels: [Level]
    public let mode: Mode
    /// What goods cost a member of a grade, in margin mode.
    public let supplyPrices: [SupplyPrice]
    public let selfPurchase: SelfPurchase
    public let peerBonusBasisPoints: Int64
    public let teamTiers: [TeamTier]
    /// The share of the base that is paid out or left to the company; all legs fit into it.
    public let poolCapBasisPoints: Int64
    public let base: Basis
    public let freezeDays: Int64
    public let minimumPayout: Int64
    public let payoutFeeBasisPoints: Int64
    /// Somebody answers for more than two paid levels, team tiers or a peer bonus.
    public let acknowledgeLevels: Bool

    public init(
        planID: String, version: Int64, effectiveFrom: Instant? = nil, currency: String = "CNY", levels: [Level],
        mode: Mode = .levels, supplyPrices: [SupplyPrice] = [], selfPurchase: SelfPurchase = .block,
        peerBonusBasisPoints: Int64 = 0,
        teamTiers: [TeamTier] = [], poolCapBasisPoints: Int64, base: Basis = .goodsPaid, freezeDays: Int64 = 7,
        minimumPayout: Int64 = 0, payoutFeeBasisPoints: Int64 = 0, acknowledgeLevels: Bool = false
    ) {
        self.planID = planID
        self.version = version
        self.effectiveFrom = effectiveFrom
        self.currency = currency
        self.levels = levels
        self.mode = mode
        self.supplyPrices = supplyPrices
        self.selfPurchase = selfPurchase
        self.peerBonusBasisPoints = peerBonusBasisPoints
        self.teamTiers = teamTiers
        self.poolCapBasisPoints = poolCapBasisPoints
        self.base = base
        self.freezeDays = freezeDays
        self.minimumPayout = minimumPayout
        self.payoutFeeBasisPoints = payoutFeeBasisPoints
        self.acknowledgeLevels = acknowledgeLevels
    }

    public init(_ json: JSONObject) throws(Fault) {
        planID = try json.ownID("planId")
        version = try json.integer("version", within: 1...1_000_000_000)
        effectiveFrom = try json.instantIfPresent("effectiveFrom")
        currency = try json.currency()
        levels = try json.readList("levels")
        mode = try json.wordIfPresent("mode") ?? .levels
        supplyPrices = try json.readListIfPresent("supplyPrices")
        selfPurchase = try json.wordIfPresent("selfPurchase") ?? .block
        peerBonusBasisPoints = try json.basisPointsIfPresent("peerBonusBasisPoints") ?? 0
        teamTiers = try json.readListIfPresent("teamTiers")
        poolCapBasisPoints = try json.basisPoints("poolCapBasisPoints")
        base = try json.wordIfPresent("base") ?? .goodsPaid
        freezeDays = try json.daysIfPresent("freezeDays") ?? 7
        minimumPayout = try json.amountIfPresent("minimumPayout") ?? 0
        payoutFeeBasisPoints = try json.basisPointsIfPresent("payoutFeeBasisPoints") ?? 0
        acknowledgeLevels = try json.bool("acknowledgeLevels", default: false)
        var seen: Set<Int64> = []
        for (index, level) in levels.enumerated() where !seen.insert(level.level).inserted {
            throw Fault("level \(level.level) stands twice", field: "levels[\(index)].level")
        }
        for (index, price) in supplyPrices.enumerated()
        where supplyPrices[..<index].contains(where: { $0.sku == price.sku && $0.grade == price.grade }) {
            throw Fault("\(price.sku) has two prices of that grade", field: "supplyPrices[\(index)]")
        }
    }

    public func write(to json: inout JSONWriter) {
        json.field("planId", planID)
        json.field("version", version)
        json.field("effectiveFrom", effectiveFrom)
        json.field("currency", currency)
        json.field("levels", list: levels)
        json.field("mode", mode.rawValue)
        json.field("supplyPrices", list: supplyPrices)
        json.field("selfPurchase", selfPurchase.rawValue)
        json.field("peerBonusBasisPoints", peerBonusBasisPoints)
        json.field("teamTiers", list: teamTiers)
        json.field("poolCapBasisPoints", poolCapBasisPoints)
        json.field("base", base.rawValue)
        json.field("freezeDays", freezeDays)
        json.field("minimumPayout", minimumPayout)
        json.field("payoutFeeBasisPoints", payoutFeeBasisPoints)
        json.field("acknowledgeLevels", acknowledgeLevels)
    }
}
