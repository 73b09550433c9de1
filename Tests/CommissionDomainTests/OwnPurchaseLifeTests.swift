import Contracts
import Support
import Testing

@testable import CommissionDomain

@Suite("The life of an own purchase")
struct OwnPurchaseLifeTests {
    private static let account = "wechat-mini/u-77"
    private static let members: [DistributionMember] = [
        .sample(memberID: "M3", parentID: "M1", buyers: [account]), .sample(memberID: "M1"),
    ]

    private static func chain(_ memberIDs: String...) -> Attribution {
        .sample(chain: memberIDs.map { ChainLink(memberID: $0) })
    }

    private func changed(to attribution: Attribution?) -> CommissionMessage {
        .attributionChanged(
            OrderAttributionChanged(orderID: .sample, attribution: attribution, reason: "bound late", version: 5))
    }

    private func ledger(_ plan: DistributionPlan, _ members: [DistributionMember] = members) throws -> Ledger {
        var ledger = try Ledger(plan, members: members)
        try ledger.take(.placed(.sample(attribution: Self.chain("M9", "M8"))))
        try ledger.take(.confirmed(.sample()))
        return ledger
    }

    private func frozen(_ ledger: Ledger) -> [String: Int64] {
        Dictionary(
            uniqueKeysWithValues: ledger.balances.filter { $0.key.name == "frozen" }.compactMap { account, amount in
                account.memberID.map { ($0, amount) }
            })
    }

    @Test func anotherDistributorChangesNothing() throws {
        var ledger = try ledger(.sample(selfPurchase: .shift))
        let booked = ledger.journals
        for attribution in [Self.chain("M7"), nil] {
            try ledger.take(changed(to: attribution))
            #expect(ledger.journals == booked && ledger.facts.count == 1)
        }
        try ledger.take(
            .attributionChanged(
                OrderAttributionChanged(orderID: .sample, attribution: Self.chain("M6"), reason: "r", version: 6)))
        #expect(ledger.state.order(.sample)?.attribution?.memberID == "M6")
        #expect(ledger.journals == booked && frozen(ledger) == ["M3": 1000, "M1": 500])
    }

    @Test func recordThatComesLateChangesNothingByItself() throws {
        var ledger = try ledger(.sample(selfPurchase: .shift), [])
        for member in Self.members { try ledger.take(.member(member, recordedAt: .sample)) }
        #expect(frozen(ledger) == ["M9": 1000, "M8": 500])
    }

    @Test func buyerKnownByThenIsPaidWhenTheDistributorChanges() throws {
        var ledger = try ledger(.sample(selfPurchase: .shift), [])
        for member in Self.members { try ledger.take(.member(member, recordedAt: .sample)) }
        try ledger.take(changed(to: nil))
        #expect(frozen(ledger) == ["M3": 1000, "M1": 500])
        #expect(
            ledger.facts.map { "\(type(of: $0))" } == [
                "CommissionAccrued", "CommissionReversed", "CommissionAccrued",
            ])
    }

    @Test func keptPlanDecidesAlsoWhenANewerOneShifts() throws {
        var ledger = try ledger(.sample())
        try ledger.take(
            .plan(.sample(version: 2, effectiveFrom: .sample + .days(-1), selfPurchase: .shift), recordedAt: .sample))
        try ledger.take(changed(to: Self.chain("M7")))
        #expect(frozen(ledger) == ["M7": 1000])
    }

    @Test(arguments: [(DistributionPlan.SelfPurchase.shift, "M3"), (.block, "M9")])
    func planInForceDecides(newer: DistributionPlan.SelfPurchase, first: String) throws {
        let older: DistributionPlan.SelfPurchase = newer == .shift ? .block : .shift
        var ledger = try Ledger(.sample(selfPurchase: older), members: Self.members)
        try ledger.take(
            .plan(.sample(version: 2, effectiveFrom: .sample, selfPurchase: newer), recordedAt: .sample))
        try ledger.take(.placed(.sample(attribution: Self.chain("M9", "M8"))))
        try ledger.take(.confirmed(.sample()))
        #expect(ledger.accrual(of: .sample)?.legs.first?.leg.memberID == first)
    }

    @Test func orderOfNobodysWaitsForNoPlan() throws {
        let dollars = DistributionPlan(planID: "D", version: 1, currency: "USD", levels: [], poolCapBasisPoints: 3000)
        var ledger = try Ledger(dollars, members: Self.members)
        try ledger.take(.placed(.sample(attribution: nil)))
        try ledger.take(.confirmed(.sample()))
        #expect(ledger.state.order(.sample)?.confirmedAt == .sample && ledger.journals.isEmpty)
    }

    @Test func turnoverIsTheBuyersAndItsParents() throws {
        var ledger = try ledger(.sample(selfPurchase: .shift))
        try ledger.take(.completed(.sample()))
        try ledger.take(.maturityDue(.sample), at: .sample + .days(40))
        #expect(ledger.balances[.available(member: "M3")] == 1000)
        #expect(
            ledger.state[.turnover("\(OrderID.sample)-T1")]
                == .turnover(
                    Turnover(
                        orderID: .sample, number: 1, seller: "M3", parent: "M1", currency: "CNY", amount: 10_000,
                        at: .sample + .days(40))))
    }

    @Test(arguments: [(3333, 667), (10_000, nil)] as [(Int64, Int64?)]) func refundComesFromTheOwnLeg(
        amount: Int64, left: Int64?
    ) throws {
        var ledger = try ledger(.sample(selfPurchase: .shift))
        let line = RefundedLine(lineID: "1", quantity: 1, amount: amount)
        try ledger.take(.caseRefunded(.sample(number: 1, lines: [line])))
        #expect(frozen(ledger)["M3"] == left)
        if left == nil { #expect(ledger.balances.isEmpty) }
    }

    /// Whatever the plan: the buyer's chain earns what it would have earned if its first had sold.
    @Test func shiftedSaleEarnsWhatTheChainWouldHaveEarned() throws {
        var random = SeededGenerator(seed: 20_261_129)
        var accrued = 0
        for number in 0..<2000 {
            let sale = RandomSale(&random)
            let chain = sale.order.attribution?.chain ?? []
            var plain = try Ledger(sale.plan, classes: sale.classes)
            try plain.take(.placed(sale.order))
            try plain.take(.confirmed(.sample(orderID: sale.order.orderID)))
            var shifted = try Ledger(
                sale.plan.shifting, classes: sale.classes,
                members: chain.enumerated().map { place, link in
                    .sample(
                        memberID: link.memberID, parentID: chain.dropFirst(place + 1).first?.memberID,
                        grade: link.grade, buyers: place == 0 ? [Self.account] : [])
                })
            try shifted.take(.placed(sale.order.belonging(to: Self.chain("N1", "N2"))))
            try shifted.take(.confirmed(.sample(orderID: sale.order.orderID)))
            try #require(plain.balances == shifted.balances, "sale \(number)")
            let kinds = shifted.accrual(of: sale.order.orderID)?.legs.map(\.leg)
            #expect(kinds?.allSatisfy { ($0.kind == .`self`) == ($0.level == 1) } ?? true)
            accrued += plain.balances.isEmpty ? 0 : 1
        }
        #expect(accrued > 1500, "\(accrued)")
    }
}

extension DistributionPlan {
    fileprivate var shifting: DistributionPlan {
        DistributionPlan(
            planID: planID, version: version, effectiveFrom: effectiveFrom, currency: currency, levels: levels,
            mode: mode, supplyPrices: supplyPrices, selfPurchase: .shift, peerBonusBasisPoints: peerBonusBasisPoints,
            teamTiers: teamTiers, poolCapBasisPoints: poolCapBasisPoints, base: base, freezeDays: freezeDays,
            minimumPayout: minimumPayout, payoutFeeBasisPoints: payoutFeeBasisPoints,
            acknowledgeLevels: acknowledgeLevels)
    }
}

extension OrderPlaced {
    fileprivate func belonging(to attribution: Attribution) -> OrderPlaced {
        .sample(
            externalOrderID: externalOrderID, placedAt: placedAt, lines: lines, freight: freight,
            attribution: attribution)
    }
}
