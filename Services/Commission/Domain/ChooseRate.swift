import Contracts

/// The rate of one level for one line and the grade of who earns it; `nil` when none applies.
///
/// A fixed amount per piece wins over any rate in per cent, also when it is 0. Among equals the most specific wins:
/// SKU, then class and grade, class, grade, none. All conditions of a rate must hold.
/// - Source: DESIGN section 4, "Commission"; CONTRACTS, `distribution.plan.v1`.
func chooseRate(
    of level: DistributionPlan.Level, sku: String, commissionClass: String?, grade: String?
) -> DistributionPlan.Rate? {
    let applicable = level.rates.filter { rate in
        (rate.sku == nil || rate.sku == sku)
            && (rate.commissionClass == nil || rate.commissionClass == commissionClass)
            && (rate.grade == nil || rate.grade == grade)
    }
    return applicable.max { $0.precedence < $1.precedence }
}

extension DistributionPlan.Rate {
    /// No two rates of a level have the same conditions, so that among those that apply no two are equal.
    fileprivate var precedence: Int {
        let isFixed = if case .amountPerUnit = reward { true } else { false }
        return (isFixed ? 8 : 0) + (sku != nil ? 4 : 0) + (commissionClass != nil ? 2 : 0) + (grade != nil ? 1 : 0)
    }

    /// The rate and where it comes from, for people: `12.5 % by class beauty, grade gold`.
    var why: String {
        let conditions = [sku.map { "sku \($0)" }, commissionClass.map { "class \($0)" }, grade.map { "grade \($0)" }]
        let named = conditions.compactMap(\.self).joined(separator: ", ")
        return "\(reward.text) \(named.isEmpty ? "by default" : "by " + named)"
    }
}

extension DistributionPlan.Rate.Reward {
    fileprivate var text: String {
        switch self {
        case .amountPerUnit(let amount): return "\(amount) a piece"
        case .basisPoints(let rate):
            let hundredths = rate % 100
            guard hundredths > 0 else { return "\(rate / 100) %" }
            let digits = hundredths % 10 == 0 ? "\(hundredths / 10)" : (hundredths < 10 ? "0" : "") + "\(hundredths)"
            return "\(rate / 100).\(digits) %"
        }
    }
}
