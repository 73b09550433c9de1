import Contracts
import Support
import Testing

@testable import CommissionDomain

@Suite("Own purchases (自购)")
struct OwnPurchaseTests {
    private static let account = "wechat-mini/u-77"
    /// M3, who buys, below M2 below M1.
    private static let members: [DistributionMember] = [
        .sample(memberID: "M3", parentID: "M2", grade: "gold", buyers: [account]),
        .sample(memberID: "M2", parentID: "M1"), .sample(memberID: "M1"),
    ]
    private static let others = Attribution.sample(chain: [ChainLink(memberID: "M9"), ChainLink(memberID: "M8")])

    /// 100.00 sold by M9 below M8.
    private func ledger(
        _ plan: DistributionPlan = .sample(selfPurchase: .shift), _ members: [DistributionMember] = Self.members,
        attribution: Attribution? = Self.others, buyerID: String? = Self.account
    ) throws -> Ledger {
        var ledger = try Ledger(plan, members: members)
        try ledger.take(.placed(.sample(buyerID: buyerID, attribution: attribution)))
        try ledger.take(.confirmed(.sample()))
        return ledger
    }

    private func legs(_ ledger: Ledger) -> [String] {
        (ledger.accrual(of: .sample)?.legs ?? []).map(\.leg).map {
            "\($0.memberID) \($0.kind.rawValue) \($0.level) \($0.amount)"
        }
    }

    private static let shifted = ["M3 self 1 1000", "M2 level 2 500"]
    private static let sold = ["M9 level 1 1000", "M8 level 2 500"]

    @Test func shiftMakesTheBuyerLevelOne() throws {
        let ledger = try ledger()
        #expect(legs(ledger) == Self.shifted)
        #expect(
            ledger.accrual(of: .sample)?.legs.map(\.leg.why) == ["own purchase: 10 % by default", "5 % by default"])
        #expect(ledger.balances[.retained] == 1500 && ledger.balances[.frozen(member: "M9")] == nil)
    }

    @Test func blockPaysTheChainOfTheSale() throws {
        #expect(try legs(ledger(.sample())) == Self.sold)
    }

    @Test func orderOfNobodysPaysItsBuyerToo() throws {
        #expect(try legs(ledger(attribution: nil)) == Self.shifted)
        #expect(try legs(ledger(.sample(), attribution: nil)) == [])
    }

    @Test func buyerWithoutAnAccountIsNobody() throws {
        #expect(try legs(ledger(buyerID: nil)) == Self.sold)
        #expect(try legs(ledger(buyerID: "wechat-mini/u-78")) == Self.sold)
    }

    private static let later = Instant.sample + .milliseconds(1)

    /// Records of M3, and whether it counts as the buyer when it buys.
    private static let records: [(name: String, records: [DistributionMember], counts: Bool)] = [
        ("disabled", [.sample(status: .disabled, buyers: [account])], false),
        ("begins with the sale", [.sample(joinedAt: .sample, buyers: [account])], true),
        ("begins after the sale", [.sample(joinedAt: later, buyers: [account])], false),
        ("recorded late", [.sample(effectiveFrom: .sample + .days(9), buyers: [account])], true),
        ("names another account", [.sample(buyers: ["wechat-mini/u-7"])], false),
        ("has given the account up", [.sample(buyers: [account]), .sample(effectiveFrom: .sample)], false),
        ("gives the account up later", [.sample(buyers: [account]), .sample(effectiveFrom: later)], true),
        ("gets the account later", [.sample(), .sample(effectiveFrom: later, buyers: [account])], false),
        (
            "is disabled later",
            [.sample(buyers: [account]), .sample(status: .disabled, effectiveFrom: later, buyers: [account])], true
        ),
    ]

    @Test(arguments: records.indices) func recordOfTheSaleCounts(index: Int) throws {
        let (name, records, counts) = Self.records[index]
        #expect(
            try legs(ledger(.sample(selfPurchase: .shift), records)).first
                == (counts ? "M3 self 1 1000" : Self.sold[0]), "\(name)")
    }

    @Test func gradeIsThatOfTheSale() throws {
        let rates: [DistributionPlan.Rate] = [.init(.basisPoints(100)), .init(.basisPoints(1200), grade: "gold")]
        let plan = DistributionPlan.sample(levels: [.init(level: 1, rates: rates)], selfPurchase: .shift)
        let silver = DistributionMember.sample(grade: "silver", effectiveFrom: Self.later, buyers: [Self.account])
        #expect(try legs(ledger(plan, Self.members + [silver])) == ["M3 self 1 1200"])
    }

    /// Members above M3, and the chain that follows from them.
    private static let uplines: [(above: [DistributionMember], chain: [String])] = [
        ([.sample(memberID: "M2", parentID: "M1"), .sample(memberID: "M1")], ["M3", "M2", "M1"]),
        ([.sample(memberID: "M2", parentID: "M1", status: .disabled), .sample(memberID: "M1")], ["M3", "M1"]),
        ([.sample(memberID: "M1")], ["M3"]),
        ([.sample(memberID: "M2", parentID: "M1", joinedAt: later), .sample(memberID: "M1")], ["M3"]),
        ([.sample(memberID: "M2", parentID: "M3")], ["M3", "M2"]),
        (
            [.sample(memberID: "M2", parentID: "M1"), .sample(memberID: "M2", parentID: "M0", effectiveFrom: later)],
            ["M3", "M2"]
        ),
    ]

    @Test(arguments: uplines.indices) func uplineIsThatOfTheSale(index: Int) throws {
        let ledger = try ledger(.sample(selfPurchase: .shift), [Self.members[0]] + Self.uplines[index].above)
        #expect(ledger.state.order(.sample)?.ownChain?.links.map(\.memberID) == Self.uplines[index].chain)
    }

    /// Disabled ones count as steps, as they do in intake.
    @Test(arguments: [(nil, 10), (5, 9)] as [(Int?, Int)]) func uplineHasTenStepsAtMost(disabled: Int?, count: Int)
        throws
    {
        let members = (1...12).map { (number: Int) -> DistributionMember in
            .sample(
                memberID: "L\(number)", parentID: "L\(number + 1)", status: number == disabled ? .disabled : .active,
                buyers: number == 1 ? [Self.account] : [])
        }
        let ledger = try ledger(.sample(selfPurchase: .shift), members)
        #expect(ledger.state.order(.sample)?.ownChain?.links.count == count)
    }

    /// Of two who name the account the one counts who has named it longest without a gap.
    private static let claims: [(records: [DistributionMember], holder: String)] = [
        ([claim("M4", -30), claim("M5", -20)], "M4"), ([claim("M5", -30), claim("M4", -20)], "M5"),
        ([claim("M4", -30), claim("M4", -1), claim("M5", -20)], "M4"),
        (
            [claim("M4", -30), .sample(memberID: "M4", effectiveFrom: day(-25)), claim("M4", -10), claim("M5", -20)],
            "M5"
        ),
        ([claim("M5", -30), claim("M4", -30)], "M4"),
        ([claim("M4", -30, .disabled), claim("M5", -20)], "M5"),
    ]

    private static func day(_ number: Int64) -> Instant { .sample + .days(number) }

    private static func claim(
        _ memberID: String, _ from: Int64, _ status: DistributionMember.Status = .active
    ) -> DistributionMember {
        .sample(memberID: memberID, status: status, effectiveFrom: day(from), buyers: [account])
    }

    @Test(arguments: claims.indices) func longestClaimWins(index: Int) throws {
        for records in [Self.claims[index].records, Self.claims[index].records.reversed()] {
            let ledger = try ledger(.sample(selfPurchase: .shift), records)
            #expect(legs(ledger) == ["\(Self.claims[index].holder) self 1 1000"])
        }
    }

    @Test func eachModePaysTheOwnLeg() throws {
        let levels = [800, 1200].enumerated().map {
            DistributionPlan.Level(level: Int64($0 + 1), rates: [.init(.basisPoints($1))])
        }
        #expect(
            try legs(ledger(.sample(levels: levels, mode: .differential, selfPurchase: .shift))) == [
                "M3 self 1 800", "M2 differential 2 400",
            ])
        let prices: [DistributionPlan.SupplyPrice] = [
            .init(sku: "SKU-1", grade: "gold", price: 8000), .init(sku: "SKU-1", price: 7500),
        ]
        #expect(
            try legs(ledger(.sample(mode: .margin, supplyPrices: prices, selfPurchase: .shift))) == [
                "M3 self 1 2000", "M2 margin 2 500",
            ])
    }

    @Test func peerOfTheBuyerHasItsBonus() throws {
        var members = Self.members
        members[1] = .sample(memberID: "M2", grade: "gold")
        let plan = DistributionPlan.sample(selfPurchase: .shift, peerBonusBasisPoints: 200, acknowledgeLevels: true)
        #expect(try legs(ledger(plan, members)) == Self.shifted + ["M2 peer 2 200"])
    }
}
