import Contracts

/// What a line must pay out, worked out a second time with exact fractions and in another way.
struct Oracle {
    struct Shares: Equatable {
        var legs: [String] = []
        var amounts: [Int64] = []
        var pool: Int64 = 0
        var companyShare: Int64 = 0
        var remainder: Int64 = 0
    }

    let plan: DistributionPlan

    func shares(of line: PlacedLine, _ commissionClass: String?, _ chain: [ChainLink]) -> Shares {
        var shares = Shares()
        guard line.paid > 0 else { return shares }
        shares.pool = (Fraction(line.paid) * Fraction(Int128(plan.poolCapBasisPoints), over: 10_000)).rounded
        var exact: [Fraction] = []
        for level in 1...chain.count {
            guard let claim = claim(level, line, commissionClass, chain) else { continue }
            shares.legs.append(chain[level - 1].memberID)
            exact.append(claim)
        }
        // Cut from the far end: give back what is too much, leg by leg.
        var excess = exact.reduce(Fraction(0 as Int64), +) - Fraction(shares.pool)
        for index in exact.indices.reversed() where excess > Fraction(0 as Int64) {
            let given = min(exact[index], excess)
            exact[index] = exact[index] - given
            excess = excess - given
        }
        shares.amounts = exact.map(\.rounded)
        for index in exact.indices.reversed() {
            let total = shares.amounts.reduce(0, +)
            if total > shares.pool { shares.amounts[index] -= min(shares.amounts[index], total - shares.pool) }
        }
        let whole = exact.reduce(Fraction(0 as Int64), +).rounded
        shares.remainder = whole - shares.amounts.reduce(0, +)
        shares.companyShare = shares.pool - whole
        return shares
    }

    /// What a level gets before any cut; `nil` where the plan has nothing for it.
    private func claim(
        _ level: Int, _ line: PlacedLine, _ commissionClass: String?, _ chain: [ChainLink]
    ) -> Fraction? {
        let nothing = Fraction(0 as Int64)
        if plan.mode == .margin {
            guard let own = cost(level, line, chain[level - 1].grade) else { return nil }
            let below = (1..<level).compactMap { cost($0, line, chain[$0 - 1].grade) }
            return max(nothing, min(Fraction(line.paid), below.min() ?? Fraction(line.paid)) - own)
        }
        guard let own = entitlement(level, line, commissionClass, chain[level - 1].grade) else { return nil }
        guard plan.mode == .differential else { return own }
        let below = (1..<level).compactMap { entitlement($0, line, commissionClass, chain[$0 - 1].grade) }
        return max(nothing, own - (below.max() ?? nothing))
    }

    /// What the pieces cost a level: at the price of its grade, else at that of all grades.
    private func cost(_ level: Int, _ line: PlacedLine, _ grade: String?) -> Fraction? {
        guard plan.levels.contains(where: { $0.level == Int64(level) }) else { return nil }
        let prices = plan.supplyPrices.filter { $0.sku == line.sku }
        let own = grade.flatMap { grade in prices.first { $0.grade == grade } }
        guard let price = own ?? prices.first(where: { $0.grade == nil }) else { return nil }
        return Fraction(Int128(price.price) * Int128(line.quantity))
    }

    /// The order of precedence, written out: all fixed amounts before all rates, the most specific first.
    private func entitlement(
        _ level: Int, _ line: PlacedLine, _ commissionClass: String?, _ grade: String?
    ) -> Fraction? {
        guard let rates = plan.levels.first(where: { $0.level == Int64(level) })?.rates else { return nil }
        let places: [(sku: Bool, commissionClass: Bool, grade: Bool)] = [
            (true, true, true), (true, true, false), (true, false, true), (true, false, false),
            (false, true, true), (false, true, false), (false, false, true), (false, false, false),
        ]
        for wantsFixed in [true, false] {
            for place in places {
                for rate in rates {
                    let isPlace =
                        (rate.sku != nil) == place.sku && (rate.commissionClass != nil) == place.commissionClass
                        && (rate.grade != nil) == place.grade
                    let isMet =
                        (!place.sku || rate.sku == line.sku)
                        && (!place.commissionClass || rate.commissionClass == commissionClass)
                        && (!place.grade || rate.grade == grade)
                    guard isPlace, isMet else { continue }
                    switch rate.reward {
                    case .amountPerUnit(let amount):
                        if wantsFixed { return Fraction(Int128(amount) * Int128(line.quantity)) }
                    case .basisPoints(let points):
                        if !wantsFixed { return Fraction(line.paid) * Fraction(Int128(points), over: 10_000) }
                    }
                }
            }
        }
        return nil
    }
}
