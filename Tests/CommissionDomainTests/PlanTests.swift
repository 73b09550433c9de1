import Contracts
import Support
import Testing

@testable import CommissionDomain

@Suite("Plans and their time")
struct PlanTests {
    private func version(
        _ version: Int64, from day: Int64, plan: String = "2026", endedAt: Int64? = nil
    ) -> PlanVersion {
        PlanVersion(
            plan: .sample(planID: plan, version: version), effectiveFrom: .sample + .days(day),
            endedAt: endedAt.map { .sample + .days($0) })
    }

    /// Versions 1 from day 0, 2 from day 10, 3 from day 20: the day of the order and its version.
    @Test(arguments: [(-5, 1), (0, 1), (9, 1), (10, 2), (19, 2), (20, 3), (400, 3)] as [(Int64, Int64)])
    func newestThatHasBegunHolds(day: Int64, expected: Int64) {
        let plans = Plans([version(2, from: 10), version(3, from: 20), version(1, from: 0)])
        #expect(plans.inForce(at: .sample + .days(day), currency: "CNY")?.plan.version == expected)
    }

    @Test func planInAnotherCurrencyDoesNotHold() {
        #expect(Plans([version(1, from: 0)]).inForce(at: .sample, currency: "USD") == nil)
    }

    @Test func planThatWasTakenBackHoldsForOlderOrdersOnly() {
        let plans = Plans([version(1, from: 0, endedAt: 10), version(1, from: -5, plan: "old", endedAt: 30)])
        #expect(plans.inForce(at: .sample + .days(9), currency: "CNY")?.plan.planID == "2026")
        #expect(plans.inForce(at: .sample + .days(10), currency: "CNY")?.plan.planID == "old")
        #expect(plans.inForce(at: .sample + .days(30), currency: "CNY") == nil)
    }

    @Test func tombstoneEndsAPlanForLaterOrders() throws {
        var ledger = try Ledger(.sample())
        try ledger.take(.planEnded(planID: "2026", at: .sample + .days(1)))
        #expect(ledger.state.plans.inForce(at: .sample, currency: "CNY") != nil)
        #expect(ledger.state.plans.inForce(at: .sample + .days(1), currency: "CNY") == nil)
    }

    @Test func versionNeverChanges() throws {
        var ledger = try Ledger(.sample())
        try ledger.take(.plan(.sample(), recordedAt: .sample + .days(1)))
        #expect(throws: Fault.self) {
            try ledger.take(.plan(.sample(freezeDays: 1), recordedAt: .sample))
        }
    }

    private static let threeLevels = (1...3).map {
        DistributionPlan.Level(level: $0, rates: [.init(.basisPoints(100))])
    }

    @Test(arguments: [
        DistributionPlan.sample(levels: threeLevels),
        .sample(teamTiers: [.init(monthlyTurnover: 1, rateBasisPoints: 100)]), .sample(peerBonusBasisPoints: 100),
    ])
    func riskyPlanNeedsAnAcknowledgement(plan: DistributionPlan) {
        let error = #expect(throws: Fault.self) { try checkPlan(plan) }
        #expect(error?.field == "acknowledgeLevels")
    }

    @Test func acknowledgedPlanIsTaken() throws {
        try checkPlan(.sample(levels: Self.threeLevels, acknowledgeLevels: true))
    }

    @Test func thirdLevelThatPaysNothingNeedsNoAcknowledgement() throws {
        try checkPlan(.sample(levels: Self.threeLevels.dropLast() + [.init(level: 3, rates: [.init(.basisPoints(0))])]))
    }

    @Test func elevenLevelsAreTooMany() {
        let levels = (1...11).map { DistributionPlan.Level(level: $0, rates: []) }
        #expect(throws: Fault.self) { try checkPlan(.sample(levels: levels, acknowledgeLevels: true)) }
    }
}

@Suite("Values and their time")
struct DatedTests {
    @Test func eachHoldsFromItsMomentToTheNext() {
        var values = Dated<String>()
        #expect(values.value(at: .sample) == nil)
        values.set("late", from: .sample + .days(2))
        values.set("early", from: .sample)
        values.set("changed", from: .sample + .days(2))
        #expect(values.value(at: .sample + .days(-1)) == "early")
        #expect(values.value(at: .sample + .days(2) + .milliseconds(-1)) == "early")
        #expect(values.value(at: .sample + .days(2)) == "changed")
    }

    @Test func memberWithoutARecordIsDisabled() throws {
        var ledger = try Ledger(.sample())
        try ledger.take(.member(.sample(grade: "gold"), recordedAt: .sample))
        try ledger.take(.memberEnded(memberID: "M3", at: .sample + .days(1)))
        let member = ledger.state.member("M3")
        #expect(member.value(at: .sample)?.status == .active)
        #expect(member.value(at: .sample + .days(1))?.status == .disabled)
        #expect(member.value(at: .sample + .days(1))?.grade == "gold")
    }

    @Test func classOfTheDayOfTheOrderCounts() throws {
        let rates: [DistributionPlan.Rate] = [
            .init(.basisPoints(1000)), .init(.basisPoints(100), commissionClass: "food"),
        ]
        var ledger = try Ledger(.sample(levels: [.init(level: 1, rates: rates)]))
        try ledger.take(.item(.sample(commissionClass: "beauty"), recordedAt: .sample + .days(-9)))
        try ledger.take(.item(.sample(commissionClass: "food"), recordedAt: .sample + .milliseconds(1)))
        try ledger.take(.placed(.sample(attribution: .sample())))
        try ledger.take(.confirmed(.sample()))
        #expect(ledger.accrual(of: .sample)?.legs.map(\.leg.amount) == [1000])
    }
}
