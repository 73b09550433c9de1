/// Refuses plans that nobody answers for: many paid levels, team tiers and peer bonuses need an acknowledgement.
///
/// Pay by head-count cannot be expressed at all.
/// Whoever lets people write plans asks before publishing; commission makes a dead letter of what comes all the same.
/// - Throws: `Fault` with the field.
/// - Source: DESIGN section 4, "Commission", the compliance guard.
public func checkPlan(_ plan: DistributionPlan) throws(Fault) {
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
    guard !plan.acknowledgeLevels, let risk = planRisks(of: plan).first else { return }
    throw Fault("is missing, and nobody answers for \(risk)", field: "acknowledgeLevels")
}
