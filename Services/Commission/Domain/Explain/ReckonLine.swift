public import Contracts

/// How the commission of one line came about: rates, legs, and what the company keeps.
public struct LineReckoning: Sendable {
    public let line: PlacedLine
    public let commissionClass: String?
    /// What rates apply to.
    public let base: Int64
    public let pool: Int64
    public let companyShare: Int64
    public let remainder: Int64
    /// One per member of the chain; empty where the plan's mode knows no rates.
    public let levels: [LevelReckoning]
    /// In the order of the legs.
    public let legs: [LegReckoning]

    /// What all legs come to before each one is rounded by itself.
    public var exact: Int64 { pool - companyShare }
}

/// The rate of one member of the chain.
public struct LevelReckoning: Sendable {
    public let level: Int64
    public let link: ChainLink
    /// `nil` when the plan has no such level.
    public let choice: RateChoice?
}

/// One leg with its arithmetic.
public struct LegReckoning: Sendable {
    public let leg: CommissionLeg
    /// `nil` where the steps below do not lead to the amount, as in other modes; then the leg's own words stand alone.
    public let steps: Steps?

    /// Exact amounts in ten-thousandths of a minor unit.
    public struct Steps: Sendable, Equatable {
        /// The base by the rate, or the pieces by the fixed amount.
        public let own: Int128
        /// What those below have, in differential mode.
        public let below: Int128
        /// What is left of it in the pool.
        public let fitting: Int128
        public let rounded: Int64
    }
}

/// Takes the legs of one line apart into the steps that led to them.
///
/// - Parameters:
///   - accrual: As the rules have it.
///   - base: Of `bases(of:by:)`.
func reckonLine(
    _ line: PlacedLine, base: Int64, of accrual: Accrual, among chain: [ChainLink], by plan: DistributionPlan,
    commissionClass: String?
) -> LineReckoning {
    let pool = accrual.pools.first { $0.lineID == line.lineID }
    let legs = accrual.legs.map(\.leg).filter { $0.lineID == line.lineID }
    let hasRates = plan.mode == .levels || plan.mode == .differential
    let levels = chain.enumerated().map { index, link in
        let number = Int64(index + 1)
        let choice = plan.levels.first { $0.level == number }.map {
            weighRates(of: $0, sku: line.sku, commissionClass: commissionClass, grade: link.grade)
        }
        return LevelReckoning(level: number, link: link, choice: choice)
    }
    return LineReckoning(
        line: line, commissionClass: commissionClass, base: base, pool: pool?.pool ?? 0,
        companyShare: pool?.companyShare ?? 0, remainder: pool?.remainder ?? 0, levels: hasRates ? levels : [],
        legs: reckonLegs(legs, quantity: line.quantity, pool: pool?.pool ?? 0))
}

private func reckonLegs(_ legs: [CommissionLeg], quantity: Int64, pool: Int64) -> [LegReckoning] {
    let scale: Int128 = 10_000
    var left = Int128(pool) * scale
    var highest: Int128 = 0
    let steps = legs.map { leg in
        let own =
            leg.rateBasisPoints.map { Int128(leg.base) * Int128($0) }
            ?? Int128(leg.amountPerUnit ?? 0) * Int128(quantity) * scale
        let below = leg.kind == .differential ? highest : 0
        if leg.kind == .differential || leg.kind == .`self` { highest = max(highest, own) }
        let fitting = min(max(0, own - below), left)
        left -= fitting
        return LegReckoning.Steps(
            own: own, below: below, fitting: fitting, rounded: Allocation.halfUp(fitting, over: scale))
    }
    // The farthest legs give back what rounding alone takes too much.
    let sum = min(steps.reduce(0) { $0 + $1.rounded }, pool)
    let leadsThere =
        legs.reduce(0) { $0 + $1.amount } == sum && zip(legs, steps).allSatisfy { $0.amount <= $1.rounded }
    return zip(legs, steps).map { LegReckoning(leg: $0, steps: leadsThere ? $1 : nil) }
}

/// What rates apply to, line by line, asked of the rule itself: a plan that leaves everything to one member has pools
/// as large as the bases.
func bases(of order: OrderPlaced, by plan: DistributionPlan) -> [Int64] {
    let whole = DistributionPlan(
        planID: plan.planID, version: plan.version, currency: plan.currency,
        levels: [DistributionPlan.Level(level: 1, rates: [DistributionPlan.Rate(.basisPoints(10_000))])],
        poolCapBasisPoints: 10_000, base: plan.base)
    let accrual = computeAccrual(
        of: order, among: [ChainLink(memberID: "anybody")], by: whole, number: 1, commissionClass: { _ in nil })
    return accrual?.pools.map(\.pool) ?? order.lines.map { _ in 0 }
}
