import Contracts

/// The rate of one level for one line, and those that were passed over for it; rates in words, for people.
public struct RateChoice: Sendable, Equatable {
    /// `nil` when none applies.
    public let chosen: String?
    public let passedOver: [PassedOver]

    public struct PassedOver: Sendable, Equatable {
        public let rate: String
        public let reason: String
    }
}

/// Says of every rate of a level why it is, or is not, the one; the choice itself is `chooseRate`'s.
func weighRates(
    of level: DistributionPlan.Level, sku: String, commissionClass: String?, grade: String?
) -> RateChoice {
    let chosen = chooseRate(of: level, sku: sku, commissionClass: commissionClass, grade: grade)
    let passedOver = level.rates.filter { $0 != chosen }.map { rate in
        RateChoice.PassedOver(
            rate: rate.why,
            reason: mismatch("sku", rate.sku, sku) ?? mismatch("class", rate.commissionClass, commissionClass)
                ?? mismatch("grade", rate.grade, grade) ?? weakness(of: rate, beside: chosen))
    }
    return RateChoice(chosen: chosen?.why, passedOver: passedOver)
}

/// Why a condition does not hold; `nil` when it does.
private func mismatch(_ name: String, _ wanted: String?, _ given: String?) -> String? {
    guard let wanted, wanted != given else { return nil }
    return given.map { "is for \(name) \(wanted), here it is \($0)" } ?? "is for \(name) \(wanted), here there is none"
}

private func weakness(of rate: DistributionPlan.Rate, beside chosen: DistributionPlan.Rate?) -> String {
    if case .amountPerUnit = chosen?.reward, case .basisPoints = rate.reward {
        return "is in per cent, and a fixed amount wins"
    }
    return "is less specific"
}
