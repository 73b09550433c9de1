import Contracts
import Support
import Testing

@testable import CommissionDomain

/// What other malls are known to get wrong, one test each.
@Suite("Defects of others")
struct PeerDefectTests {
    private func ledger(_ lines: [PlacedLine], freight: Int64 = 0, plan: DistributionPlan = .sample()) throws -> Ledger
    {
        var ledger = try Ledger(plan)
        try ledger.take(.placed(.sample(lines: lines, freight: freight, attribution: .sample())))
        try ledger.take(.confirmed(.sample()))
        return ledger
    }

    private func refund(_ amount: Int64) -> CommissionMessage {
        .caseRefunded(.sample(number: 1, lines: [RefundedLine(lineID: "1", quantity: 1, amount: amount)]))
    }

    @Test func freightIsNeverInTheBase() throws {
        let without = try ledger([.sample()]).balances
        #expect(try ledger([.sample()], freight: 10_000).balances == without)
    }

    /// Three pieces of 100.00 at 10 % are 30.00, not 90.00.
    @Test func quantityIsNeverCountedTwice() throws {
        #expect(try ledger([.sample(quantity: 3)]).balances[.frozen(member: "M3")] == 3000)
    }

    /// Three pieces of 0.05 at 10 %: 1.5 fen are 2, not three times the half fen's 1.
    @Test func nothingIsRoundedPerUnitBeforeMultiplying() throws {
        #expect(try ledger([.sample(quantity: 3, unitPrice: 5)]).balances[.frozen(member: "M3")] == 2)
    }

    @Test func refundOfOneCentDoesNotCancelTheCommission() throws {
        var ledger = try ledger([.sample()])
        try ledger.take(refund(1))
        #expect(ledger.balances[.frozen(member: "M3")] == 1000)
    }

    @Test func nothingMaturesBeforeReceipt() throws {
        var ledger = try ledger([.sample()])
        try ledger.take(.maturityDue(.sample), at: .sample + .days(365))
        #expect(ledger.balances[.frozen(member: "M3")] == 1000)
        #expect(ledger.balances[.available(member: "M3")] == nil)
    }

    /// What was paid out already is owed, to the last fen, and not forgotten because nothing is there to take.
    @Test func clawbackIsNotCappedByTheBalance() throws {
        var ledger = try ledger([.sample()])
        try ledger.take(.completed(.sample()))
        try ledger.take(.maturityDue(.sample), at: .sample + .days(40))
        try ledger.take(
            .member(DistributionMember(memberID: "M3", joinedAt: .sample), recordedAt: .sample))
        let spent = AdjustCommission(
            head: CommandHead(commandID: "C", actor: "u", reason: "paid in cash", issuedAt: .sample), memberID: "M3",
            adjustmentID: "A", amount: -1000, currency: "CNY")
        try ledger.take(.command(.adjust(spent)), at: .sample + .days(40))
        #expect(ledger.balances[.available(member: "M3")] == nil)
        try ledger.take(refund(10_000), at: .sample + .days(41))
        #expect(ledger.balances[.available(member: "M3")] == -1000)
        #expect(ledger.balances[.available(member: "M1")] == nil)
    }
}
