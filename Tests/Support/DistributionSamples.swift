public import Contracts

extension DistributionMember {
    public static func sample(
        memberID: String = "M3", parentID: String? = nil, grade: String? = nil, status: Status = .active,
        joinedAt: Instant = .sample + .days(-30), effectiveFrom: Instant? = nil, buyers: [String] = []
    ) -> DistributionMember {
        DistributionMember(
            memberID: memberID, parentID: parentID, grade: grade, status: status, joinedAt: joinedAt,
            effectiveFrom: effectiveFrom ?? joinedAt, buyers: buyers)
    }
}

extension DistributionBinding {
    public static func sample(
        channel: String = "wechat-mini", externalBuyerID: String = "u-77", memberID: String = "M3",
        boundAt: Instant = .sample + .days(-1), source: Source = .link
    ) -> DistributionBinding {
        DistributionBinding(
            channel: channel, externalBuyerID: externalBuyerID, memberID: memberID, boundAt: boundAt, source: source)
    }
}

extension DistributionPlan {
    /// Two levels of 10 % and 5 % in a pool of 30 %.
    public static func sample(
        planID: String = "2026", version: Int64 = 1, effectiveFrom: Instant? = .sample + .days(-60),
        levels: [Level] = [
            Level(level: 1, rates: [Rate(.basisPoints(1000))]), Level(level: 2, rates: [Rate(.basisPoints(500))]),
        ],
        mode: Mode = .levels, supplyPrices: [SupplyPrice] = [], selfPurchase: SelfPurchase = .block,
        peerBonusBasisPoints: Int64 = 0,
        teamTiers: [TeamTier] = [], poolCapBasisPoints: Int64 = 3000, base: Basis = .goodsPaid, freezeDays: Int64 = 7,
        minimumPayout: Int64 = 1000, payoutFeeBasisPoints: Int64 = 0, acknowledgeLevels: Bool = false
    ) -> DistributionPlan {
        DistributionPlan(
            planID: planID, version: version, effectiveFrom: effectiveFrom, levels: levels, mode: mode,
            supplyPrices: supplyPrices, selfPurchase: selfPurchase, peerBonusBasisPoints: peerBonusBasisPoints,
            teamTiers: teamTiers,
            poolCapBasisPoints: poolCapBasisPoints, base: base, freezeDays: freezeDays, minimumPayout: minimumPayout,
            payoutFeeBasisPoints: payoutFeeBasisPoints, acknowledgeLevels: acknowledgeLevels)
    }
}
