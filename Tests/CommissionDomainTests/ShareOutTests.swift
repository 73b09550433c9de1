import Contracts
import Support
import Testing

@testable import CommissionDomain

@Suite("Sharing a line out")
struct ShareOutTests {
    typealias Rate = DistributionPlan.Rate
    typealias Level = DistributionPlan.Level

    /// What one line pays to a chain of as many members as the plan has levels.
    private func shares(
        _ plan: DistributionPlan, base: Int64, quantity: Int64 = 1, grades: [String?]? = nil,
        commissionClass: String? = nil
    ) -> LineShares {
        let grades = grades ?? Array(repeating: nil, count: plan.levels.count)
        let chain = grades.enumerated().map { ChainLink(memberID: "M\($0.offset + 1)", grade: $0.element) }
        let line = CommissionLine(
            lineID: "1", sku: "SKU-1", quantity: quantity, commissionClass: commissionClass, base: base)
        return shareOutLine(line, among: chain, by: plan)
    }

    private func levels(_ rates: Rate.Reward...) -> [Level] {
        rates.enumerated().map { Level(level: Int64($0.offset + 1), rates: [Rate($0.element)]) }
    }

    /// Examples that other systems publish: base, quantity, reward, what is earned.
    @Test(
        arguments: [
            (1000, 1, Rate.Reward.basisPoints(1000), 100),
            (500, 1, .basisPoints(290), 15),  // half up of 14.5
            (1000, 1, .amountPerUnit(88), 88),
            (1000, 1, .amountPerUnit(0), 0),
            (1000, 3, .amountPerUnit(88), 264),
            // 2.5 % of 3 × 33 is 2.475: rounding each piece would give 3 × 1.
            (99, 3, .basisPoints(250), 2),
            (1000, 7, .basisPoints(1000), 100),  // the base is the line's: quantity counts once
        ] as [(Int64, Int64, Rate.Reward, Int64)])
    func published(base: Int64, quantity: Int64, reward: Rate.Reward, earned: Int64) {
        let shares = shares(
            .sample(levels: levels(reward), poolCapBasisPoints: 10_000), base: base, quantity: quantity)
        #expect(shares.legs.map(\.amount) == [earned])
    }

    @Test func fixedAmountWinsOverAMoreSpecificRate() {
        let rates = [Rate(.basisPoints(1000), sku: "SKU-1"), Rate(.amountPerUnit(88))]
        let shares = shares(.sample(levels: [Level(level: 1, rates: rates)]), base: 1000)
        #expect(shares.legs.map(\.amount) == [88])
        #expect(shares.legs.first?.amountPerUnit == 88 && shares.legs.first?.rateBasisPoints == nil)
        #expect(shares.legs.first?.why == "88 a piece by default")
    }

    @Test func differentialPaysWhatIsAboveTheHighestBelow() {
        let plan = DistributionPlan.sample(
            levels: levels(.basisPoints(800), .basisPoints(1200), .basisPoints(2000), .basisPoints(3000)),
            mode: .differential, poolCapBasisPoints: 3000)
        let shares = shares(plan, base: 100)
        #expect(shares.legs.map(\.amount) == [8, 4, 8, 10])
        #expect(shares.legs.allSatisfy { $0.kind == .differential })
        #expect(shares.companyShare == 0 && shares.remainder == 0)
    }

    @Test func differentialPaysNothingToWhoIsNotAbove() {
        let plan = DistributionPlan.sample(
            levels: levels(.basisPoints(2000), .basisPoints(1200), .basisPoints(2500)), mode: .differential)
        #expect(shares(plan, base: 100).legs.map(\.amount) == [20, 0, 5])
    }

    /// 平级奖: the next above an earner of the same grade, once per grade, wherever the levels end.
    @Test(
        arguments: [
            (["gold", "gold"], ["level 1 100", "peer 2 20"]), (["gold", "silver"], ["level 1 100"]),
            ([nil, nil], ["level 1 100"]),
            (["gold", "gold", "gold"], ["level 1 100", "peer 2 20"]),
            (["silver", "silver", "gold", "gold"], ["level 1 100", "peer 2 20"]),
        ] as [([String?], [String])])
    func aPeerEarnsItsBonusOnce(grades: [String?], legs: [String]) {
        let plan = DistributionPlan.sample(
            levels: levels(.basisPoints(1000)), peerBonusBasisPoints: 200, poolCapBasisPoints: 3000)
        let shares = shares(plan, base: 1000, grades: grades)
        #expect(shares.legs.map { "\($0.kind) \($0.level) \($0.amount)" } == legs)
        #expect(shares.legs.map(\.amount).reduce(0, +) + shares.companyShare + shares.remainder == shares.pool)
    }

    @Test func aPeersBonusIsCutLikeEveryLeg() {
        let plan = DistributionPlan.sample(
            levels: levels(.basisPoints(1000), .basisPoints(500)), peerBonusBasisPoints: 200, poolCapBasisPoints: 1600)
        let shares = shares(plan, base: 1000, grades: ["gold", "gold"])
        #expect(shares.legs.map(\.amount) == [100, 50, 10])
        #expect(shares.legs.last?.why == "peer of M1, grade gold, cut to the pool of 160")
    }

    @Test func legsAreCutFromTheFarthestLevel() {
        let plan = DistributionPlan.sample(
            levels: levels(.basisPoints(2000), .basisPoints(1500), .basisPoints(500)), poolCapBasisPoints: 3000)
        let shares = shares(plan, base: 1000)
        #expect(shares.legs.map(\.amount) == [200, 100, 0])
        #expect(shares.legs.map(\.why).last == "5 % by default, cut to the pool of 300")
        #expect(shares.companyShare == 0)
    }

    @Test func roundingNeverExceedsThePool() {
        // 1.5 + 1.5 in a pool of 3: both round up to 2, the farthest gives a cent back.
        let plan = DistributionPlan.sample(
            levels: levels(.basisPoints(1500), .basisPoints(1500)), poolCapBasisPoints: 3000)
        let shares = shares(plan, base: 10)
        #expect(shares.legs.map(\.amount) == [2, 1])
        #expect(shares.pool == 3 && shares.companyShare == 0 && shares.remainder == 0)
    }

    @Test func centsThatRoundingLeavesAreTheRemainder() {
        // 1.4 + 1.4 = 2.8 is 3 in all, but 1 + 1 leg by leg.
        let plan = DistributionPlan.sample(
            levels: levels(.basisPoints(1400), .basisPoints(1400)), poolCapBasisPoints: 5000)
        let shares = shares(plan, base: 10)
        #expect(shares.legs.map(\.amount) == [1, 1])
        #expect(shares.remainder == 1 && shares.companyShare == 2 && shares.pool == 5)
    }

    @Test func amountsBeyondSixtyFourBitsAreCutLikeOthers() {
        let plan = DistributionPlan.sample(
            levels: levels(.amountPerUnit(999_999_999_999), .amountPerUnit(999_999_999_998)), mode: .differential)
        let shares = shares(plan, base: 1000, quantity: 999_999_999_999)
        #expect(shares.legs.map(\.amount) == [300, 0])
    }

    @Test(arguments: [0, -5] as [Int64]) func lineWithoutPricePaysNothing(base: Int64) {
        let shares = shares(.sample(levels: levels(.amountPerUnit(88))), base: base)
        #expect(shares.legs.isEmpty && shares.pool == 0)
    }

    @Test func levelsThePlanDoesNotNameEarnNothing() {
        let plan = DistributionPlan.sample(levels: [Level(level: 2, rates: [Rate(.basisPoints(500))])])
        let legs = shares(plan, base: 1000, grades: [nil, nil, nil]).legs
        #expect(legs.map(\.memberID) == ["M2"] && legs.map(\.level) == [2])
    }
}

@Suite("Choosing a rate")
struct ChooseRateTests {
    private static let rates: [DistributionPlan.Rate] = [
        .init(.basisPoints(1)), .init(.basisPoints(2), grade: "gold"),
        .init(.basisPoints(3), commissionClass: "beauty"),
        .init(.basisPoints(4), grade: "gold", commissionClass: "beauty"), .init(.basisPoints(5), sku: "SKU-9"),
        .init(.amountPerUnit(6), sku: "SKU-8"), .init(.basisPoints(7), grade: "gold", sku: "SKU-8"),
    ]

    @Test(
        arguments: [
            ("SKU-1", nil, nil, 1), ("SKU-1", nil, "gold", 2), ("SKU-1", "beauty", nil, 3),
            ("SKU-1", "beauty", "silver", 3),
            ("SKU-1", "beauty", "gold", 4), ("SKU-9", "beauty", "gold", 5), ("SKU-8", nil, "gold", 6),
            ("SKU-1", "food", "silver", 1),
        ] as [(String, String?, String?, Int64)])
    func theMostSpecificWins(sku: String, commissionClass: String?, grade: String?, expected: Int64) {
        for rates in [Self.rates, Self.rates.reversed()] {
            let level = DistributionPlan.Level(level: 1, rates: rates)
            let rate = chooseRate(of: level, sku: sku, commissionClass: commissionClass, grade: grade)
            switch rate?.reward {
            case .basisPoints(let value), .amountPerUnit(let value): #expect(value == expected)
            case nil: Issue.record("no rate")
            }
        }
    }

    @Test func noRateAppliesWithoutADefault() {
        let level = DistributionPlan.Level(level: 1, rates: [.init(.basisPoints(2), grade: "gold")])
        #expect(chooseRate(of: level, sku: "SKU-1", commissionClass: nil, grade: "silver") == nil)
    }

    @Test(
        arguments: [
            (1000, "10 % by default"), (1250, "12.5 % by default"), (1205, "12.05 % by default"),
            (5, "0.05 % by default"),
            (0, "0 % by default"),
        ] as [(Int64, String)])
    func rateIsWrittenForPeople(basisPoints: Int64, text: String) {
        #expect(DistributionPlan.Rate(.basisPoints(basisPoints)).why == text)
    }

    @Test func reasonNamesAllConditions() {
        let rate = DistributionPlan.Rate(
            .basisPoints(800), grade: "gold", commissionClass: "beauty", sku: "SKU-9")
        #expect(rate.why == "8 % by sku SKU-9, class beauty, grade gold")
    }
}
