import ConsoleDomain
import Contracts
import Support
import Testing

@Suite("Commission of an order as a tree")
struct CommissionTreeTests {
    private func leg(_ memberID: String, _ level: Int64, _ amount: Int64, line: String = "1") -> CommissionLeg {
        CommissionLeg(
            memberID: memberID, level: level, kind: .level, lineID: line, base: 10_000, rateBasisPoints: 1000,
            amount: amount, why: "10,000 × 10 %")
    }

    private func accrued(_ legs: [CommissionLeg]) -> CommissionTree.Fact {
        .accrued(
            CommissionAccrued(
                orderID: .sample, planID: "2026", planVersion: 3, currency: "CNY", legs: legs, companyShare: 1400,
                remainder: 1, at: .sample))
    }

    private func reversed(_ legs: [CommissionLeg]) -> CommissionTree.Fact {
        .reversed(
            CommissionReversed(
                orderID: .sample, planID: "2026", planVersion: 3, currency: "CNY", legs: legs, companyShare: 700,
                remainder: 0, reason: "refund", at: .sample))
    }

    private func matured(_ legs: [CommissionLeg]) -> CommissionTree.Fact {
        .matured(
            CommissionMatured(
                orderID: .sample, planID: "2026", planVersion: 3, currency: "CNY", legs: legs, companyShare: 0,
                remainder: 0, at: .sample))
    }

    @Test("everybody of the upline stands in it from the seller upwards, also who earns nothing")
    func nodes() {
        let tree = CommissionTree(
            chain: ["M3", "M1", "M0"], facts: [accrued([leg("M1", 2, 500), leg("M3", 1, 1000)])])
        #expect(tree.nodes.map(\.memberID) == ["M3", "M1", "M0"])
        #expect(tree.nodes.map(\.level) == [1, 2, nil])
        #expect(tree.nodes.map(\.frozen) == [1000, 500, 0])
    }

    @Test("who is not of the upline and earns all the same stands at the end")
    func stranger() {
        let tree = CommissionTree(chain: ["M3"], facts: [accrued([leg("M8", 1, 7)])])
        #expect(tree.nodes.map(\.memberID) == ["M3", "M8"])
    }

    @Test("what is taken back is out of what is frozen until something has matured")
    func reversal() throws {
        let before = CommissionTree(
            chain: ["M3"], facts: [accrued([leg("M3", 1, 1000)]), reversed([leg("M3", 1, 400)])])
        let frozen = try #require(before.nodes.first)
        #expect([frozen.frozen, frozen.reversedFrozen, frozen.reversedMatured, frozen.left] == [600, 400, 0, 600])
        let after = CommissionTree(
            chain: ["M3"],
            facts: [accrued([leg("M3", 1, 1000)]), matured([leg("M3", 1, 1000)]), reversed([leg("M3", 1, 400)])])
        let free = try #require(after.nodes.first)
        #expect(
            [free.frozen, free.matured, free.reversedFrozen, free.reversedMatured, free.left] == [0, 1000, 0, 400, 600])
    }

    @Test("the pool is what members, company and remainder have, also after a reversal")
    func pool() {
        let whole = CommissionTree(chain: ["M3"], facts: [accrued([leg("M3", 1, 1000), leg("M3", 1, 99, line: "2")])])
        #expect([whole.left, whole.companyShare, whole.remainder, whole.pool] == [1099, 1400, 1, 2500])
        let less = CommissionTree(
            chain: ["M3"], facts: [accrued([leg("M3", 1, 1099)]), reversed([leg("M3", 1, 550)])])
        #expect([less.left, less.companyShare, less.remainder, less.pool] == [549, 700, 1, 1250])
        #expect(less.planID == "2026" && less.planVersion == 3)
    }
}
