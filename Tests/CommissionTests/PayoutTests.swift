import CommissionDomain
import Contracts
import Pipeline
import Support
import Testing

@testable import Commission

@Suite("Payouts")
struct PayoutTests {
    /// 0.6 % fee, at least 1.00.
    private static let plan = DistributionPlan.sample(minimumPayout: 100, payoutFeeBasisPoints: 60)

    @Test func moneyIsSetAsideApprovedAndPaid() throws {
        let scene = try CommissionScene.earned(Self.plan)
        try scene.knowPayee()
        #expect(try scene.ask(RequestPayout.sample(900)).isAccepted)
        #expect(scene.available("M3") == 100 && scene.inPayout("M3") == 900)
        #expect(scene.harness.facts(PayoutRequested.self).map(\.fee) == [5])
        #expect(scene.harness.facts(PayoutDue.self).isEmpty)
        #expect(try scene.ask(ApprovePayout.sample()).isAccepted)
        let due = try #require(scene.harness.facts(PayoutDue.self).first)
        #expect(due.payoutID == "M3-P1" && due.amount == 900 && due.fee == 5 && due.tax == 0 && due.version == 1)
        try scene.answer(.succeeded)
        #expect(scene.inPayout("M3") == 0 && scene.balance(.paid) == 895 && scene.balance(.fee) == 5)
        #expect(scene.harness.facts(PayoutPaid.self).map(\.amount) == [900])
    }

    @Test(arguments: [PayoutResult.Status.succeeded, .failed])
    func theSameResultTenTimesChangesNothing(status: PayoutResult.Status) throws {
        let scene = try CommissionScene.earned()
        try scene.knowPayee()
        try scene.ask(RequestPayout.sample())
        try scene.ask(ApprovePayout.sample())
        try scene.answer(status)
        let journals = scene.journals
        let story = scene.harness.story
        for _ in 0..<10 { try scene.answer(status) }
        #expect(scene.journals == journals && scene.harness.story == story)
        #expect(scene.harness.database.deadLetters.isEmpty)
    }

    @Test func failedPayoutIsAvailableAgain() throws {
        let scene = try CommissionScene.earned()
        try scene.knowPayee()
        try scene.ask(RequestPayout.sample())
        try scene.ask(ApprovePayout.sample())
        try scene.answer(.failed)
        #expect(scene.available("M3") == 1000 && scene.inPayout("M3") == 0 && scene.balance(.paid) == 0)
        #expect(scene.harness.facts(PayoutFailed.self).map(\.reason) == ["account closed"])
    }

    /// Banks send money back days after they took it, and whoever asks late hears the first answer again.
    @Test func newestAnswerCountsWhereverTheMoneyIs() throws {
        let scene = try CommissionScene.earned()
        try scene.knowPayee()
        try scene.ask(RequestPayout.sample())
        try scene.ask(ApprovePayout.sample())
        try scene.answer(.succeeded, after: .days(1))
        try scene.answer(.failed, after: .days(3))
        #expect(scene.available("M3") == 1000 && scene.balance(.paid) == 0)
        try scene.answer(.succeeded, after: .days(1))
        #expect(scene.available("M3") == 1000 && scene.balance(.paid) == 0)
        try scene.answer(.succeeded, after: .days(4))
        #expect(scene.available("M3") == 0 && scene.balance(.paid) == 1000 && scene.inPayout("M3") == 0)
        #expect(scene.harness.database.deadLetters.isEmpty)
    }

    @Test func resultOfAPayoutNobodyApprovedIsADeadLetter() throws {
        let scene = try CommissionScene.earned()
        try scene.knowPayee()
        try scene.ask(RequestPayout.sample())
        try scene.answer(.succeeded)
        #expect(scene.harness.database.deadLetters.map(\.field) == ["payoutId"])
        #expect(scene.inPayout("M3") == 1000)
    }

    @Test(arguments: [
        (RequestPayout.sample(0), "amount 0 is not positive"),
        (RequestPayout.sample(-5), "amount -5 is not positive"),
        (RequestPayout.sample(1001), "amount 1001 is more than the 1000 available"),
        (RequestPayout.sample(99), "amount 99 is below the minimum of 100"),
        (RequestPayout.sample(1, currency: "EUR"), "amount 1 is more than the 0 available"),
    ])
    func requestIsRefused(request: RequestPayout, reason: String) throws {
        let scene = try CommissionScene.earned(Self.plan)
        try scene.knowPayee()
        let answer = try scene.ask(request)
        #expect(!answer.isAccepted && answer.reason == reason)
        #expect(scene.available("M3") == 1000 && scene.inPayout("M3") == 0)
        #expect(try scene.ask(RequestPayout.sample(1000, id: "R-2")).isAccepted)
    }

    @Test func twoRequestsShareWhatThereIs() throws {
        let scene = try CommissionScene.earned(Self.plan)
        try scene.knowPayee()
        for id in ["R-1", "R-2"] {
            scene.harness.publish(RequestPayout.sample(600, id: id), on: .commands(of: "commission"), key: "M3", id: id)
        }
        try scene.harness.settle()
        let answers = scene.harness.facts(CommandAnswered.self).filter { $0.commandID.hasPrefix("R-") }
        #expect(answers.map(\.outcome) == [.accepted, .refused])
        #expect(scene.available("M3") == 400 && scene.inPayout("M3") == 600)
    }

    @Test func rejectedPayoutGoesBack() throws {
        let scene = try CommissionScene.earned()
        try scene.knowPayee()
        try scene.ask(RequestPayout.sample())
        #expect(try scene.ask(RejectPayout(head: .by("u-2", "N-1"), memberID: "M3", payoutID: "M3-P1")).isAccepted)
        #expect(scene.available("M3") == 1000 && scene.inPayout("M3") == 0)
        #expect(scene.harness.facts(PayoutFailed.self).map(\.reason) == ["rejected: as agreed"])
        #expect(try scene.ask(ApprovePayout.sample()).reason == "the payout is failed")
    }

    @Test func approvalNeedsASecondPersonAndTheSamePayee() throws {
        let scene = try CommissionScene.earned()
        try scene.knowPayee()
        try scene.ask(RequestPayout.sample())
        #expect(try scene.ask(ApprovePayout.sample(by: "u-1")).reason == "who asked for the payout cannot approve it")
        try scene.knowPayee("f2")
        #expect(
            try scene.ask(ApprovePayout.sample(id: "Y-2")).reason
                == "the payee is another than the payout was asked for")
        #expect(scene.harness.facts(PayoutDue.self).isEmpty)
    }

    /// What comes back after the payout is a debt: later earnings are set off against it, and nothing more leaves.
    @Test func debtHoldsApprovalsAndIsSetOff() throws {
        let scene = try CommissionScene.earned()
        try scene.knowPayee()
        try scene.ask(RequestPayout.sample(1000))
        scene.harness.publish(CaseRefunded.sample(10_000))
        try scene.harness.settle()
        #expect(scene.available("M3") == -1000)
        #expect(try scene.ask(ApprovePayout.sample()).reason == "the member owes 1000")
        try scene.ask(AdjustCommission.sample(1500))
        #expect(scene.available("M3") == 500)
        #expect(
            try scene.ask(RequestPayout.sample(501, id: "R-2")).reason == "amount 501 is more than the 500 available")
    }
}

@Suite("Payees")
struct PayeeTests {
    @Test func payoutNeedsAVerifiedPayee() throws {
        let scene = try CommissionScene.earned()
        #expect(try scene.ask(RequestPayout.sample()).reason == "the member has no payee")
        try scene.ask(RecordPayee.sample())
        #expect(try scene.ask(RequestPayout.sample(id: "R-2")).reason == "the payee is not verified")
        let own = VerifyPayee(head: .by("u-1", "V-1"), memberID: "M3", fingerprint: "f1")
        #expect(try scene.ask(own).reason == "who put the payee down cannot verify it")
        let other = VerifyPayee(head: .by("u-2", "V-2"), memberID: "M3", fingerprint: "f0")
        #expect(try scene.ask(other).reason == "the payee is another by now")
        #expect(try scene.ask(VerifyPayee(head: .by("u-2", "V-3"), memberID: "M3", fingerprint: "f1")).isAccepted)
        #expect(try scene.ask(RequestPayout.sample(id: "R-3")).isAccepted)
    }

    @Test(arguments: [false, true]) func changedPayeeWaitsADay(isErasedBetween: Bool) throws {
        let scene = try CommissionScene.earned()
        try scene.knowPayee()
        if isErasedBetween { try scene.ask(ErasePayee(head: .by("u-1", "X-1"), memberID: "M3")) }
        try scene.knowPayee("f2")
        let refused = try scene.ask(RequestPayout.sample())
        #expect(refused.reason?.hasPrefix("the payee was changed lately") == true)
        try scene.harness.advance(by: .hours(24) - .seconds(1))
        #expect(try !scene.ask(RequestPayout.sample(id: "R-2")).isAccepted)
        try scene.harness.advance(by: .seconds(1))
        #expect(try scene.ask(RequestPayout.sample(id: "R-3")).isAccepted)
    }

    @Test func theSamePayeeAgainDoesNotWait() throws {
        let scene = try CommissionScene.earned()
        try scene.knowPayee()
        try scene.ask(RecordPayee.sample(number: "again"))
        #expect(try scene.ask(RequestPayout.sample()).isAccepted)
    }

    @Test func erasedPayeeLeavesNothingBehind() throws {
        let scene = try CommissionScene.earned()
        try scene.knowPayee()
        try scene.ask(ErasePayee(head: .by("u-1", "X-1"), memberID: "M3"))
        guard case .account(let account) = scene.harness.database.aggregates[.account("M3")] else {
            throw CommissionScene.MissingOrder()
        }
        #expect(account.payee == nil && account.hasHadPayee)
        #expect(try scene.ask(RequestPayout.sample()).reason == "the member has no payee")
    }
}
