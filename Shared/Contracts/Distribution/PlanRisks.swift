/// What a plan needs somebody to answer for, in words; nothing for a plan of at most two paid levels.
///
/// `checkPlan` refuses them without an acknowledgement.
/// - Source: DESIGN section 4, "Commission", the compliance guard.
public func planRisks(of plan: DistributionPlan) -> [String] {
    let paid = plan.levels.count { level in plan.mode == .margin || level.rates.contains { !$0.isFree } }
    var risks: [String] = []
    if paid > 2 { risks.append("\(paid) paid levels") }
    if !plan.teamTiers.isEmpty { risks.append("team bonus in \(plan.teamTiers.count) tiers") }
    if plan.peerBonusBasisPoints > 0 {
        risks.append("peer bonus of \(exactText(of: Int128(plan.peerBonusBasisPoints) * 100)) %")
    }
    return risks
}

extension DistributionPlan.Rate {
    fileprivate var isFree: Bool {
        switch reward {
        case .basisPoints(let rate): rate == 0
        case .amountPerUnit(let amount): amount == 0
        }
    }
}
