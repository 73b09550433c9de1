import CommissionDomain
import Contracts
import Pipeline
import Support
import Testing

@testable import Commission

@Suite("Adjustments by a person")
struct AdjustmentTests {
    @Test func smallOneIsBookedAtOnce() throws {
        let scene = try CommissionScene.earned()
        #expect(try scene.ask(AdjustCommission.sample(-250)).isAccepted)
        #expect(scene.available("M3") == 750 && scene.balance(.expense) == -3000 + 250)
        let told = try #require(scene.harness.facts(CommissionAdjusted.self).first)
        #expect(told.amount == -250 && told.actor == "u-1" && told.approvedBy == nil && told.reason == "as agreed")
    }

    @Test(arguments: [10_000, -10_000, 10_001, -10_001] as [Int64]) func limitDecidesOnASecondPerson(amount: Int64)
        throws
    {
        let scene = try CommissionScene.earned()
        let answer = try scene.ask(AdjustCommission.sample(amount))
        let waits = amount.magnitude > 10_000
        #expect(answer.reason == (waits ? "waits for a second person, because it is above 10000" : nil))
        #expect(scene.available("M3") == (waits ? 1000 : 1000 + amount))
        guard waits else { return }
        let own = ApproveAdjustment(head: .by("u-1", "Y-1"), memberID: "M3", adjustmentID: "A-1")
        #expect(try scene.ask(own).reason == "who asked for the adjustment cannot approve it")
        #expect(
            try scene.ask(ApproveAdjustment(head: .by("u-2", "Y-2"), memberID: "M3", adjustmentID: "A-1")).isAccepted)
        #expect(scene.available("M3") == 1000 + amount)
        #expect(scene.harness.facts(CommissionAdjusted.self).map(\.approvedBy) == ["u-2"])
        let again = ApproveAdjustment(head: .by("u-3", "Y-3"), memberID: "M3", adjustmentID: "A-1")
        #expect(try scene.ask(again).reason == "the adjustment is booked")
        #expect(scene.available("M3") == 1000 + amount)
    }

    @Test func rejectedOneIsNeverBooked() throws {
        let scene = try CommissionScene.earned()
        try scene.ask(AdjustCommission.sample(20_000))
        #expect(
            try scene.ask(RejectAdjustment(head: .by("u-2", "N-1"), memberID: "M3", adjustmentID: "A-1")).isAccepted)
        let late = ApproveAdjustment(head: .by("u-3", "Y-1"), memberID: "M3", adjustmentID: "A-1")
        #expect(try scene.ask(late).reason == "the adjustment is rejected")
        #expect(scene.available("M3") == 1000)
    }

    @Test(arguments: [
        (AdjustCommission.sample(0), "amount 0 changes nothing"),
        (AdjustCommission.sample(100_000_000_001), "amount 100000000001 is more than 100000000000"),
    ])
    func nonsenseIsRefused(command: AdjustCommission, reason: String) throws {
        let scene = try CommissionScene.earned()
        #expect(try scene.ask(command).reason == reason)
    }

    @Test func oneIdIsOneAdjustment() throws {
        let scene = try CommissionScene.earned()
        try scene.ask(AdjustCommission.sample(5))
        #expect(try scene.ask(AdjustCommission.sample(5, command: "C-2")).reason == "adjustment A-1 is there already")
        #expect(scene.available("M3") == 1005)
    }
}

extension AdjustCommission {
    static func sample(_ amount: Int64, command: String = "C-1") -> AdjustCommission {
        AdjustCommission(
            head: .by("u-1", command), memberID: "M3", adjustmentID: "A-1", amount: amount, currency: "CNY")
    }
}
