import Contracts
import Testing

@testable import ConsoleDomain

@Suite("Figures of the portal")
struct PortalRulesTests {
    @Test(
        "months are read and counted",
        arguments: [
            ("2026-11", "2026-10", "2026-12", 30), ("2026-01", "2025-12", "2026-02", 31),
            ("2024-02", "2024-01", "2024-03", 29),
        ])
    func months(text: String, former: String, next: String, days: Int) throws {
        let month = try #require(StatementMonth(text))
        #expect(month.description == text)
        #expect(month.former.description == former)
        #expect(month.next.description == next)
        #expect(month.dayCount == days)
    }

    @Test(
        "other texts are no months", arguments: ["", "2026", "2026-13", "2026-1", "1989-12", "2026-11-01", "2026-11 "])
    func noMonths(text: String) { #expect(StatementMonth(text) == nil) }

    @Test(
        "of a name only the beginning is seen", arguments: [("李雷", "李*"), ("王", "王*"), ("Alexander", "A**"), ("", "")])
    func masks(name: String, masked: String) { #expect(maskedName(name) == masked) }

    @Test(
        "bars end at the largest, and what is not nothing is seen",
        arguments: [(0, 10, 0), (1, 1000, 1), (5, 10, 50), (10, 10, 100), (-3, 10, 0), (3, 0, 0)])
    func bars(value: Int64, largest: Int64, length: Int64) {
        #expect(barLength(value, of: largest) == length)
    }
}

@Suite("Statement of a member")
struct MemberStatementTests {
    private func movement(
        _ kind: StatementEntry.Kind, _ amount: Int64, isEarlier: Bool = false, isAfterMaturity: Bool = false
    ) -> MemberStatement.Movement {
        MemberStatement.Movement(kind, isEarlier: isEarlier, isAfterMaturity: isAfterMaturity, amount: amount)
    }

    @Test func whatMaturesLeavesTheFrozenPartAndCanBeWithdrawn() {
        let statement = MemberStatement([movement(.accrued, 1000), movement(.matured, 600), movement(.reversed, -150)])
        #expect(statement.frozenClosing == 250)
        #expect(statement.closing == 600)
    }

    @Test func whatComesBackLaterIsTakenFromWhatHadMatured() {
        let statement = MemberStatement([movement(.matured, 600), movement(.reversed, -700, isAfterMaturity: true)])
        #expect(statement.reversed == -700)
        #expect(statement.reversedFrozen == 0)
        #expect(statement.closing == -100)
    }

    /// Every kind, before the month as well as in it, so that the closing of one month opens the next.
    @Test(arguments: StatementEntry.Kind.allCases, [false, true])
    func closingOfOneMonthOpensTheNext(kind: StatementEntry.Kind, isAfterMaturity: Bool) {
        let now = MemberStatement([movement(kind, 500, isAfterMaturity: isAfterMaturity)])
        let later = MemberStatement([movement(kind, 500, isEarlier: true, isAfterMaturity: isAfterMaturity)])
        #expect(later.opening == now.closing)
        #expect(later.frozenOpening == now.frozenClosing)
        #expect(later.closing == later.opening)
    }

    @Test func payoutsThatFailComeBack() {
        let statement = MemberStatement([
            movement(.matured, 900), movement(.payoutRequested, -400), movement(.payoutFailed, 400),
            movement(.payoutRequested, -300), movement(.payoutPaid, 0), movement(.adjusted, -50),
            movement(.settled, 20),
        ])
        #expect(statement.paidOut == -300)
        #expect(statement.closing == 570)
    }

    @Test func debtIsWhatIsBelowNothing() {
        let owing = MemberBalance(frozen: 0, withdrawable: -70, inPayout: 0, matured: 0, reversed: 70)
        #expect(owing.available == 0)
        #expect(owing.debt == 70)
    }
}

@Suite("Why of an earning")
struct EarningStoryTests {
    private let orderID = OrderID(channel: "wechat-mini", externalOrderID: "1", placedAt: Instant(milliseconds: 1))
    private let at = Instant(milliseconds: 1_764_000_000_000)

    private func leg(_ memberID: String, _ amount: Int64) -> CommissionLeg {
        CommissionLeg(
            memberID: memberID, level: 1, kind: .level, lineID: "1", base: 10_000, rateBasisPoints: 1000,
            amount: amount, why: "default")
    }

    private func accrued(_ legs: [CommissionLeg]) -> CommissionAccrued {
        CommissionAccrued(
            orderID: orderID, planID: "2026", planVersion: 3, currency: "CNY", legs: legs, companyShare: 0,
            remainder: 0, at: at, version: 1)
    }

    private func reversed(_ legs: [CommissionLeg]) -> CommissionReversed {
        CommissionReversed(
            orderID: orderID, planID: "2026", planVersion: 3, currency: "CNY", legs: legs, companyShare: 0,
            remainder: 0, caseID: "A1", reason: "refunded", at: at, version: 2)
    }

    private func held(_ kind: CommissionHoldKind) -> CommissionHeld {
        CommissionHeld(
            orderID: orderID, memberID: "M3", entryID: "J", kind: kind, reason: "too little", heldAt: at, version: 3)
    }

    private func released(_ kind: CommissionHoldKind, _ answer: DisputeAnswer?) -> CommissionReleased {
        CommissionReleased(
            orderID: orderID, memberID: "M3", entryID: "J", kind: kind, answer: answer, reason: "right", actor: "f",
            releasedAt: at, version: 4)
    }

    private func story(_ facts: [any Fact]) throws -> EarningStory {
        try EarningStory(
            of: "M3", on: orderID.text,
            facts.map { (Swift.type(of: $0).type, try JSONDocument.object($0.jsonBytes)) })
    }

    @Test func showsNobodyElsesLegs() throws {
        let story = try story([accrued([leg("M3", 700), leg("M1", 300), leg("M3", 5)]), reversed([leg("M1", 10)])])
        #expect(story.steps.map(\.kind) == [.accrued])
        #expect(story.steps[0].amount == 705)
        #expect(story.steps[0].plan == "2026 v3")
        #expect(story.entryID == "\(orderID)-J1")
    }

    @Test func namesTheJournalOfTheNewestAccrual() throws {
        let story = try story([
            accrued([leg("M1", 1)]), held(.velocity), reversed([leg("M1", 1)]), accrued([leg("M3", 9)]),
        ])
        #expect(story.entryID == "\(orderID)-J3")
    }

    @Test func questionIsOpenUntilItIsAnswered() throws {
        let first = accrued([leg("M3", 9)])
        #expect(try story([first]).openQuestion == nil)
        #expect(try story([first, held(.dispute)]).openQuestion?.reason == "too little")
        #expect(try story([first, held(.dispute), held(.velocity), released(.velocity, nil)]).openQuestion != nil)
        #expect(try story([first, held(.dispute), released(.dispute, .upheld)]).openQuestion == nil)
        #expect(try story([first, held(.velocity)]).openQuestion == nil)
    }
}
