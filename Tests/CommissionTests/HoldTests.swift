import CommissionDomain
import Contracts
import Pipeline
import Support
import Testing

@testable import Commission

@Suite("Entries that are held")
struct HoldTests {
    private let entryID = "\(OrderID.sample)-J1"

    private func completed() throws -> CommissionScene {
        let scene = try CommissionScene()
        for member in ["M3", "M1", "M9"] { scene.join(member) }
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderConfirmed.sample())
        scene.harness.publish(OrderCompleted.sample())
        try scene.harness.settle()
        return scene
    }

    private func dispute(_ member: String = "M3", id: String = "D-1") -> DisputeEntry {
        DisputeEntry(head: .by("u-m", id), memberID: member, entryID: entryID)
    }

    @Test(arguments: DisputeAnswer.allCases) func disputedLegsStayFrozenUntilTheAnswer(answer: DisputeAnswer) throws {
        let scene = try completed()
        #expect(try scene.ask(dispute()).isAccepted)
        try scene.harness.advance(by: .days(40))
        #expect(scene.frozen("M3") == 1000 && scene.available("M3") == 0 && scene.available("M1") == 500)
        #expect(scene.harness.facts(CommissionMatured.self).map { $0.legs.map(\.memberID) } == [["M1"]])
        let end = AnswerDispute(head: .by("u-f", "Z-1"), memberID: "M3", entryID: entryID, answer: answer)
        #expect(try scene.ask(end).isAccepted)
        #expect(scene.frozen("M3") == 0 && scene.available("M3") == 1000)
        #expect(scene.harness.facts(CommissionReleased.self).map(\.answer) == [answer])
        #expect(scene.harness.facts(CommissionMatured.self).map(\.companyShare) == [1500, 0])
    }

    @Test func answerBeforeMaturityChangesNoDate() throws {
        let scene = try completed()
        try scene.ask(dispute())
        try scene.ask(AnswerDispute(head: .by("u-f", "Z-1"), memberID: "M3", entryID: entryID, answer: .dismissed))
        #expect(scene.frozen("M3") == 1000)
        try scene.harness.advance(by: .days(40))
        #expect(scene.available("M3") == 1000)
        #expect(scene.harness.facts(CommissionMatured.self).count == 1)
    }

    @Test func refundTakesFromWhereTheLegIs() throws {
        let scene = try completed()
        try scene.ask(dispute())
        try scene.harness.advance(by: .days(40))
        scene.harness.publish(CaseRefunded.sample(5000))
        try scene.harness.settle()
        #expect(scene.frozen("M3") == 500 && scene.available("M3") == 0 && scene.available("M1") == 250)
        try scene.ask(AnswerDispute(head: .by("u-f", "Z-1"), memberID: "M3", entryID: entryID, answer: .upheld))
        #expect(scene.frozen("M3") == 0 && scene.available("M3") == 500)
    }

    @Test func onlyOwnEntriesCanBeDisputedOnce() throws {
        let scene = try completed()
        #expect(try scene.ask(dispute("M9", id: "D-0")).reason == "M9 earns nothing on the order")
        #expect(try scene.ask(dispute()).isAccepted)
        #expect(try scene.ask(dispute(id: "D-2")).reason == "the entry is held already")
        let wrong = ReleaseEntry(head: .by("u-f", "Z-1"), memberID: "M3", entryID: entryID)
        #expect(try scene.ask(wrong).reason == "the entry is not held")
    }

    @Test func suspicionIsHeldUntilSomebodyReleasesIt() throws {
        let scene = try completed()
        let order = try scene.order()
        var state = State<CommissionAggregate>()
        state.load(.order(.sample), .order(order))
        let suspicion = Suspicion(orderID: .sample, memberID: "M3", kind: .velocity, reason: "90 orders in an hour")
        let decision = try decide(.suspicion(suspicion), given: state, at: .sample)
        for change in decision.changes { evolve(&state, by: change) }
        #expect(decision.facts.compactMap { ($0 as? CommissionHeld)?.kind } == [.velocity])
        #expect(try decide(.suspicion(suspicion), given: state, at: .sample).changesNothing)
        let timer = DueTimer(
            kind: Suspicion.timerKind, key: String(decoding: suspicion.jsonBytes, as: UTF8.self), due: .sample)
        guard case .suspicion(let read) = try CommissionHandler().message(timer) else {
            throw CommissionScene.MissingOrder()
        }
        #expect(read == suspicion)
    }
}
