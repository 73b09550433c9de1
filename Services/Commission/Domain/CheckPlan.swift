import Contracts

/// Refuses plans that nobody answers for: many paid levels, team tiers and peer bonuses need an acknowledgement.
///
/// Pay by head-count cannot be expressed at all.
/// - Throws: `Fault`; the plan becomes a dead letter.
/// - Source: DESIGN section 4, "Commission", the compliance guard.
func checkPlan(_ plan: DistributionPlan) throws(Fault) {
    // An order of 500 lines has at most 5,000 legs.
    guard plan.levels.count <= 10 else {
        throw Fault("\(plan.levels.count) levels are more than 10", field: "levels")
    }
    if plan.mode == .margin, plan.supplyPrices.isEmpty {
        throw Fault("are missing in margin mode", field: "supplyPrices")
    }
    for (index, tier) in plan.teamTiers.enumerated()
    where plan.teamTiers[..<index].contains(where: { $0.monthlyTurnover == tier.monthlyTurnover }) {
        throw Fault(
            "a tier from \(tier.monthlyTurnover) on is there already", field: "teamTiers[\(index)].monthlyTurnover")
    }
    guard !plan.acknowledgeLevels else { return }
    let paid = plan.levels.count { level in plan.mode == .margin || level.rates.contains { $0.pays } }
    if paid > 2 {
        throw Fault("\(paid) paid levels are not acknowledged", field: "acknowledgeLevels")
    }
    if !plan.teamTiers.isEmpty { throw Fault("team tiers are not acknowledged", field: "acknowledgeLevels") }
    if plan.peerBonusBasisPoints > 0 { throw Fault("a peer bonus is not acknowledged", field: "acknowledgeLevels") }
}

extension DistributionPlan.Rate {
    fileprivate var pays: Bool {
        switch reward {
        case .basisPoints(let rate): rate > 0
        case .amountPerUnit(let amount): amount > 0
        }
    }
}
