import AfterSalesDomain
import Contracts
import Support
import Testing

@Suite("Rules that decide cases")
struct RuleTests {
    /// A desk whose channel has these rules.
    private func desk(_ rules: [AfterSalesRule]?, quantity: Int64 = 3) throws -> Desk {
        let desk = try Desk.paid(.sample(lines: [.sample(quantity: quantity)]))
        desk.harness.publish(
            CatalogChannel.sample(afterSalesRules: rules), on: .catalogChannels, key: desk.placed.channel)
        try desk.harness.settle()
        return desk
    }

    private func ask(
        _ desk: Desk, _ number: Int = 1, _ kind: AfterSalesRequest.Kind = .refund, left: Bool = true
    ) throws {
        try desk.request("AS-\(number)", kind: kind)
        try desk.stop("\(desk.orderID)-A\(number)", dispatched: left)
    }

    @Test func withoutRulesUnshippedAndSmallRefundsAreApproved() throws {
        let desk = try desk(nil)
        try ask(desk, 1, left: false)
        #expect(desk.account.cases.first?.rule == "unshipped")
        try ask(desk, 2)
        #expect(desk.account.cases.last?.state == .requested)
    }

    @Test func anEmptyListAsksAPersonForEverything() throws {
        let desk = try desk([])
        try ask(desk, left: false)
        #expect(desk.account.cases.first?.state == .requested)
    }

    @Test func theFirstRuleThatFitsDecidesAndIsNamed() throws {
        let desk = try desk([
            AfterSalesRule(name: "no-exchanges", decide: .reject, kinds: [.exchange]),
            AfterSalesRule(name: "worn", decide: .ask, reasons: ["worn"]),
            AfterSalesRule(name: "damaged", decide: .approve, kinds: [.refund], reasons: ["damaged"], shipped: true),
        ])
        try ask(desk, 1)
        #expect(desk.account.cases.first?.rule == "damaged")
        try ask(desk, 2, .exchange)
        #expect(desk.harness.facts(CaseRejected.self).map(\.reason) == ["no-exchanges"])
        try ask(desk, 3, left: false)
        #expect(desk.account.cases.last?.state == .requested, "no rule fits what has not left")
    }

    @Test func aReturnIsApprovedByRuleAndStillWaitsForItsGoods() throws {
        let desk = try desk([AfterSalesRule(name: "free-return", decide: .approve, kinds: [.return])])
        try desk.dispatch([.sample(quantity: 3)])
        try ask(desk, 1, .return)
        #expect(desk.account.cases.first?.state == .approved)
        #expect(desk.account.cases.first?.rule == "free-return")
        #expect(desk.harness.facts(RefundDue.self).isEmpty)
    }

    @Test func anExchangeIsApprovedByRuleOnceItsGoodsAreThere() throws {
        let desk = try desk([AfterSalesRule(name: "exchanges", decide: .approve, kinds: [.exchange])])
        try desk.dispatch([.sample(quantity: 3)])
        try ask(desk, 1, .exchange)
        #expect(desk.account.cases.first?.state == .requested)
        try desk.tell(
            OrderReplacementAnswered(
                orderID: desk.orderID, caseID: desk.caseID, replacementOrderID: .sample("R"), outcome: .reserved,
                answeredAt: .sample))
        #expect(desk.account.cases.first?.state == .approved)
        #expect(desk.account.cases.first?.rule == "exchanges")
    }

    /// More than one case before: the third asks a person.
    @Test func aBuyerWhoAsksOftenIsLookedAt() throws {
        let desk = try desk([
            AfterSalesRule(name: "often", decide: .ask, buyerCasesAbove: 1),
            AfterSalesRule(name: "all", decide: .approve),
        ])
        for number in 1...3 { try ask(desk, number) }
        #expect(desk.account.cases.map(\.rule) == ["all", "all", nil])
    }

    @Test func theAmountIsABoundary() throws {
        for (amount, rule) in [(Int64(1500), "small"), (1501, nil)] {
            let desk = try desk([AfterSalesRule(name: "small", decide: .approve, maximumAmount: 1500)])
            try desk.request(line: nil, amount: amount)
            #expect(desk.account.cases.first?.rule == rule)
        }
    }
}
