import Contracts
import Support
import Testing

@testable import CommissionDomain

@Suite("Why a rate, a plan, an amount")
struct ExplainRulesTests {
    private static let level = DistributionPlan.Level(
        level: 1,
        rates: [
            .init(.basisPoints(1000)), .init(.basisPoints(900), grade: "gold"), .init(.amountPerUnit(5), sku: "B"),
            .init(.basisPoints(800), commissionClass: "food"),
        ])

    @Test(
        arguments: [
            (
                "A", nil, nil, "10 % by default",
                ["is for grade gold, here there is none", "is for sku B, here it is A"]
            ),
            ("A", nil, "gold", "9 % by grade gold", ["is less specific", "is for sku B, here it is A"]),
            ("B", nil, "gold", "5 a piece by sku B", ["is in per cent, and a fixed amount wins"]),
            ("A", "food", "gold", "8 % by class food", ["is less specific", "is for sku B, here it is A"]),
        ] as [(String, String?, String?, String, [String])])
    func everyRateHasItsReason(
        sku: String, commissionClass: String?, grade: String?, chosen: String, reasons: [String]
    ) {
        let choice = weighRates(of: Self.level, sku: sku, commissionClass: commissionClass, grade: grade)
        #expect(choice.chosen == chosen && choice.passedOver.count == 3)
        #expect(Set(reasons).isSubset(of: choice.passedOver.map(\.reason)), "\(choice.passedOver)")
    }

    @Test func everyPlanHasItsReason() {
        func version(_ version: Int64, from day: Int64, endedAt: Instant? = nil, currency: String = "CNY")
            -> PlanVersion
        {
            let plan = DistributionPlan(
                planID: "P", version: version, currency: currency, levels: [], poolCapBasisPoints: 3000)
            return PlanVersion(plan: plan, effectiveFrom: .sample + .days(day), endedAt: endedAt)
        }
        let plans = Plans([
            version(1, from: -9), version(2, from: -5), version(3, from: -2, endedAt: .sample + .days(-1)),
            version(4, from: 1), version(5, from: -9, currency: "USD"),
        ])
        func reasons(_ kept: Int64?) -> [String] {
            plans.standings(at: .sample, currency: "CNY", kept: kept.map { PlanName(planID: "P", version: $0) }).map {
                ($0.isTheOne ? "+" : "-") + $0.reason
            }
        }
        let ended = "-was taken back \(Instant.sample + .days(-1))"
        let late = "-began only \(Instant.sample + .days(1))"
        let foreign = "-pays in USD, the order is in CNY"
        #expect(
            reasons(nil) == [
                "-P version 2 began later", "+began last before the order was placed", ended, late, foreign,
            ])
        #expect(reasons(1)[0] == "+held when commission was booked; P version 2 would hold by what is known today")
    }

    /// Steps of line 1 by what the rules themselves make of it.
    private static func steps(_ plan: DistributionPlan, _ line: PlacedLine = .sample()) throws -> [String] {
        let chain = [ChainLink(memberID: "M3", grade: "gold"), ChainLink(memberID: "M1")]
        let order = OrderPlaced.sample(lines: [line], attribution: .sample(chain: chain))
        let accrual = try #require(
            computeAccrual(of: order, among: chain, by: plan, number: 1, commissionClass: { _ in nil }))
        return reckonLine(
            line, base: bases(of: order, by: plan)[0], of: accrual, among: chain, by: plan,
            commissionClass: nil
        ).legs.map(\.text)
    }

    @Test func arithmeticLeadsToTheAmount() throws {
        #expect(try Self.steps(.sample()) == ["10000 × 10 % = 1000", "10000 × 5 % = 500"])
        #expect(
            try Self.steps(.sample(poolCapBasisPoints: 1200), .sample(unitPrice: 9999)) == [
                "9999 × 10 % = 999.9, rounded 1000", "9999 × 5 % = 499.95, cut to 200.1 by the pool, rounded 200",
            ])
        let levels: [DistributionPlan.Level] = [
            .init(level: 1, rates: [.init(.basisPoints(300))]), .init(level: 2, rates: [.init(.amountPerUnit(450))]),
        ]
        #expect(
            try Self.steps(.sample(levels: levels, mode: .differential)) == [
                "10000 × 3 % = 300", "450 a piece = 450, less 300 below = 150",
            ])
        #expect(
            try Self.steps(.sample(levels: Self.halves, poolCapBasisPoints: 100), .sample(unitPrice: 100)) == [
                "100 × 0.5 % = 0.5, rounded 1", "100 × 0.5 % = 0.5, rounded 1, 1 given back to the pool",
            ])
    }

    private static let halves = (1...2).map { DistributionPlan.Level(level: $0, rates: [.init(.basisPoints(50))]) }

    /// Where the steps do not lead to what is booked they are not shown as if they did.
    @Test func arithmeticThatLeadsElsewhereIsLeftOut() {
        let leg = CommissionLeg(
            memberID: "M3", level: 1, kind: .level, lineID: "1", base: 10_000, rateBasisPoints: 1000, amount: 1234,
            why: "w")
        let accrual = Accrual(
            number: 1, legs: [BookedLeg(leg)],
            pools: [BookedPool(lineID: "1", paid: 10_000, pool: 3000, companyShare: 1766, remainder: 0)])
        let reckoning = reckonLine(
            .sample(), base: 10_000, of: accrual, among: Attribution.sample().chain, by: .sample(),
            commissionClass: nil)
        #expect(reckoning.legs.map(\.steps) == [nil] && reckoning.legs.map(\.text) == ["1234"])
    }

    @Test func basesAreThoseOfTheRule() {
        let order = OrderPlaced(
            orderID: .sample, kind: .sale, reservation: 1, channel: "c", externalOrderID: "e", placedAt: .sample,
            currency: "CNY", weightGrams: 0, lines: [.sample(unitPrice: 3000), .sample("2", unitPrice: 1000)],
            goodsTotal: 4000, freight: 0, tax: 0, fees: 0, total: 4000, receivable: 4400, paymentTerms: .prepaid,
            delivery: .express)
        #expect(bases(of: order, by: .sample()) == [3000, 1000])
        #expect(bases(of: order, by: .sample(base: .goodsReceivable)) == [3300, 1100])
    }

    @Test(arguments: [(0, "0"), (1, "0.0001"), (10_000, "1"), (12_345, "1.2345"), (-5000, "-0.5")])
    func exactAmountsAreDecimal(tenThousandths: Int, text: String) {
        #expect(exactText(of: Int128(tenThousandths)) == text)
    }
}
