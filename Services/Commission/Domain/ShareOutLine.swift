import Contracts

/// One line as commission sees it.
struct CommissionLine {
    let lineID: String
    let sku: String
    let quantity: Int64
    let commissionClass: String?
    /// What rates apply to, in minor units: goods after all discounts, without freight.
    let base: Int64
}

/// What one line pays out: legs, company share and remainder make up the pool to the cent (I8).
struct LineShares {
    let legs: [CommissionLeg]
    let pool: Int64
    let companyShare: Int64
    /// Cents that rounding the legs one by one left over, or took too much.
    let remainder: Int64
}

/// Shares the pool of one line out among the chain, nearest first.
///
/// Legs are exact fractions until the end: they are cut from the farthest level until they fit into the pool, and only
/// then rounded, half up. Where rounding alone makes them exceed the pool, the farthest leg gives the cents back.
/// - Parameter chain: Who sold the line and those above, nearest first; the place is the level.
/// - Source: DESIGN section 4, "Commission"; invariant I8.
func shareOutLine(
    _ line: CommissionLine, among chain: [ChainLink], by plan: DistributionPlan
) -> LineShares {
    guard line.base > 0 else { return LineShares(legs: [], pool: 0, companyShare: 0, remainder: 0) }
    let pool = Allocation.share(of: line.base, basisPoints: plan.poolCapBasisPoints)
    let claims = cut(withPeers(claims(on: line, of: chain, by: plan), on: line, of: chain, by: plan), to: pool)
    let exact = Allocation.halfUp(claims.reduce(0) { $0 + $1.amount }, over: Claim.scale)
    let amounts = fit(claims.map { Allocation.halfUp($0.amount, over: Claim.scale) }, into: pool)
    let legs = zip(claims, amounts).map { claim, amount in claim.leg(on: line, amount: amount) }
    return LineShares(
        legs: legs, pool: pool, companyShare: pool - exact, remainder: exact - amounts.reduce(0, +))
}

/// What one member could earn on a line.
private struct Claim {
    /// Claims are counted in ten-thousandths of a minor unit, so that a rate in basis points is exact.
    static let scale: Int128 = 10_000

    let link: ChainLink
    let level: Int64
    let kind: LegKind
    /// `nil` in margin mode, where prices decide.
    let reward: DistributionPlan.Rate.Reward?
    var amount: Int128
    var why: String

    func leg(on line: CommissionLine, amount: Int64) -> CommissionLeg {
        let (basisPoints, amountPerUnit): (Int64?, Int64?) =
            switch reward {
            case .basisPoints(let rate): (rate, nil)
            case .amountPerUnit(let amount): (nil, amount)
            case nil: (nil, nil)
            }
        return CommissionLeg(
            memberID: link.memberID, level: level, kind: kind,
            lineID: line.lineID, base: line.base, rateBasisPoints: basisPoints, amountPerUnit: amountPerUnit,
            amount: amount, why: why)
    }
}

/// The claims before any cut; in differential mode a member earns what is above the highest below, at least 0.
private func claims(on line: CommissionLine, of chain: [ChainLink], by plan: DistributionPlan) -> [Claim] {
    if plan.mode == .margin { return margins(on: line, of: chain, by: plan) }
    var claims: [Claim] = []
    var highest: Int128 = 0
    for (index, link) in chain.enumerated() {
        let number = Int64(index + 1)
        guard let level = plan.levels.first(where: { $0.level == number }),
            let rate = chooseRate(
                of: level, sku: line.sku, commissionClass: line.commissionClass, grade: link.grade)
        else { continue }
        let own: Int128 =
            switch rate.reward {
            case .basisPoints(let rate): Int128(line.base) * Int128(rate)
            case .amountPerUnit(let amount): Int128(amount) * Int128(line.quantity) * Claim.scale
            }
        switch plan.mode {
        case .levels, .margin:
            claims.append(
                Claim(link: link, level: number, kind: .level, reward: rate.reward, amount: own, why: rate.why))
        case .differential:
            // Not rounded by `Allocation`: before the cut a claim may be beyond 64 bits.
            let why = highest > 0 ? "\(rate.why), less \(highest / Claim.scale) paid below" : rate.why
            claims.append(
                Claim(
                    link: link, level: number, kind: .differential, reward: rate.reward,
                    amount: max(0, own - highest), why: why))
            highest = max(highest, own)
        }
    }
    return claims
}

/// The margins of a line: what the level below pays less what the member itself pays, at least 0; the buyer is below all.
///
/// Who has no price for the goods, or a higher one than somebody below, earns nothing and changes nothing for those above.
private func margins(on line: CommissionLine, of chain: [ChainLink], by plan: DistributionPlan) -> [Claim] {
    var claims: [Claim] = []
    var below = Int128(line.base)
    for (index, link) in chain.enumerated() {
        let number = Int64(index + 1)
        guard plan.levels.contains(where: { $0.level == number }),
            let price = plan.supplyPrice(of: line.sku, grade: link.grade)
        else { continue }
        let own = Int128(price) * Int128(line.quantity)
        claims.append(
            Claim(
                link: link, level: number, kind: .margin, reward: nil, amount: max(0, below - own) * Claim.scale,
                why: "pays \(price) a piece, \(own) in all; the level below \(below)"))
        below = min(below, own)
    }
    return claims
}

extension DistributionPlan {
    /// The price of the grade wins over the one without a grade.
    fileprivate func supplyPrice(of sku: String, grade: String?) -> Int64? {
        let prices = supplyPrices.filter { $0.sku == sku && ($0.grade == nil || $0.grade == grade) }
        return (prices.first { $0.grade != nil } ?? prices.first)?.price
    }
}

/// With the bonus of whoever stands next above an earner of the same grade: once per grade, the nearest pair.
///
/// - Source: DESIGN section 4, "Commission", 平级奖: a share of the base.
private func withPeers(
    _ claims: [Claim], on line: CommissionLine, of chain: [ChainLink], by plan: DistributionPlan
) -> [Claim] {
    guard plan.peerBonusBasisPoints > 0 else { return claims }
    let earners = Set(claims.filter { $0.amount > 0 }.map(\.level))
    var grades: Set<String> = []
    var all = claims
    for (index, (below, above)) in zip(chain, chain.dropFirst()).enumerated() {
        let level = Int64(index + 2)
        guard let grade = below.grade, above.grade == grade, earners.contains(level - 1), grades.insert(grade).inserted
        else { continue }
        let reward = DistributionPlan.Rate.Reward.basisPoints(plan.peerBonusBasisPoints)
        let bonus = Claim(
            link: above, level: level, kind: .peer, reward: reward,
            amount: Int128(line.base) * Int128(plan.peerBonusBasisPoints),
            why: "peer of \(below.memberID), grade \(grade)")
        all.insert(bonus, at: all.firstIndex { $0.level > level } ?? all.count)
    }
    return all
}

/// Cuts claims from the farthest level on until their exact sum fits into the pool.
private func cut(_ claims: [Claim], to pool: Int64) -> [Claim] {
    var left = Int128(pool) * Claim.scale
    return claims.map { claim in
        var claim = claim
        if claim.amount > left {
            claim.amount = left
            claim.why += ", cut to the pool of \(pool)"
        }
        left -= claim.amount
        return claim
    }
}

/// Takes the cents by which rounding exceeds the pool from the farthest amounts.
private func fit(_ amounts: [Int64], into pool: Int64) -> [Int64] {
    var amounts = amounts
    var excess = amounts.reduce(0, +) - pool
    for index in amounts.indices.reversed() where excess > 0 {
        let given = min(amounts[index], excess)
        amounts[index] -= given
        excess -= given
    }
    return amounts
}
