import CommissionDomain
import Contracts
import Pipeline
import Support
import Testing

@testable import Commission

@Suite("The life of an order's commission")
struct LifeTests {
    @Test func confirmedOrderAccruesFrozen() throws {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold(freight: 800))
        try scene.harness.settle()
        #expect(scene.harness.story.isEmpty)
        scene.harness.publish(OrderConfirmed.sample())
        try scene.harness.settle()
        #expect(scene.harness.story == ["CommissionAccrued"])
        let accrued = try #require(scene.harness.facts(CommissionAccrued.self).first)
        #expect(accrued.legs.map(\.memberID) == ["M3", "M1"])
        #expect(accrued.legs.map(\.amount) == [1000, 500])
        #expect(accrued.companyShare == 1500 && accrued.remainder == 0)
        #expect(accrued.planID == "2026" && accrued.planVersion == 1 && accrued.version == 1)
        #expect(scene.frozen("M3") == 1000 && scene.frozen("M1") == 500)
        #expect(scene.balance(.retained) == 1500 && scene.balance(.expense) == -3000)
        #expect(try scene.order().state == .accrued)
    }

    @Test func maturesWhenTheWindowIsOverAndNotBefore() throws {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderConfirmed.sample())
        scene.harness.publish(OrderCompleted.sample(afterSalesUntil: .sample + .days(8)))
        try scene.harness.settle()
        try scene.harness.advance(by: .days(8) - .seconds(1))
        #expect(scene.harness.story == ["CommissionAccrued"])
        try scene.harness.advance(by: .seconds(1))
        #expect(scene.harness.story == ["CommissionAccrued", "CommissionMatured"])
        #expect(scene.frozen("M3") == 0 && scene.available("M3") == 1000 && scene.available("M1") == 500)
        #expect(scene.harness.facts(CommissionMatured.self).first?.at == .sample + .days(8))
        #expect(try scene.order().state == .matured)
    }

    @Test func freezeDaysHoldBeyondTheWindow() throws {
        let scene = try CommissionScene(.sample(freezeDays: 30))
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderConfirmed.sample())
        scene.harness.publish(OrderCompleted.sample())
        try scene.harness.settle()
        try scene.harness.advance(by: .days(30) - .seconds(1))
        #expect(scene.harness.facts(CommissionMatured.self).isEmpty)
        try scene.harness.advance(by: .seconds(1))
        #expect(scene.harness.facts(CommissionMatured.self).count == 1)
    }

    @Test(arguments: ["closed", "rejected", "withdrawn"]) func openCaseHoldsUntilItEnds(ending: String) throws {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderConfirmed.sample())
        scene.harness.publish(OrderCompleted.sample())
        scene.harness.publish(CaseOpened.sample(number: 1))
        scene.harness.publish(CaseOpened.sample(number: 2, version: 2))
        try scene.harness.settle()
        try scene.harness.advance(by: .days(20))
        scene.harness.publish(CaseClosed.sample(number: 2, outcome: .rejected))
        try scene.harness.settle()
        #expect(scene.harness.story == ["CommissionAccrued"])
        let caseID = "\(OrderID.sample)-A1"
        switch ending {
        case "closed": scene.harness.publish(CaseClosed.sample(outcome: .expired))
        case "rejected":
            scene.harness.publish(
                CaseRejected(
                    orderID: .sample, caseID: caseID, reason: "worn", by: "policy", rejectedAt: .sample, version: 5))
        default:
            scene.harness.publish(CaseWithdrawn(orderID: .sample, caseID: caseID, withdrawnAt: .sample, version: 5))
        }
        try scene.harness.settle()
        #expect(scene.harness.story == ["CommissionAccrued", "CommissionMatured"])
        #expect(scene.harness.facts(CommissionMatured.self).first?.at == scene.harness.clock.now)
    }

    @Test func caseThatEndsEarlyChangesNoDate() throws {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderConfirmed.sample())
        scene.harness.publish(OrderCompleted.sample())
        scene.harness.publish(CaseOpened.sample())
        scene.harness.publish(CaseClosed.sample(outcome: .rejected))
        try scene.harness.settle()
        #expect(scene.harness.facts(CommissionMatured.self).isEmpty)
        try scene.harness.advance(by: .days(7))
        #expect(scene.harness.facts(CommissionMatured.self).count == 1)
    }

    @Test func completionBeforeConfirmationStillMatures() throws {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderCompleted.sample())
        scene.harness.publish(OrderConfirmed.sample())
        try scene.harness.settle()
        try scene.harness.advance(by: .days(7))
        #expect(scene.harness.story == ["CommissionAccrued", "CommissionMatured"])
    }

    @Test(arguments: [CancelReason.buyer, .operator, .fraud, .platform]) func cancellationTakesEverythingBack(
        reason: CancelReason
    ) throws {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderConfirmed.sample())
        scene.harness.publish(OrderCancelled.sample(reason))
        scene.harness.publish(OrderCancelled.sample(reason))
        try scene.harness.settle()
        #expect(scene.harness.story == ["CommissionAccrued", "CommissionReversed"])
        #expect(scene.harness.facts(CommissionReversed.self).first?.legs.map(\.amount) == [1000, 500])
        #expect(scene.isEven)
        #expect(try scene.order().state == .reversed)
    }

    @Test func cancellationBeforeConfirmationBooksNothing() throws {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderCancelled.sample(.paymentTimeout))
        scene.harness.publish(OrderConfirmed.sample())
        try scene.harness.settle()
        #expect(scene.harness.story.isEmpty)
    }

    @Test func reinstatedOrderAccruesOnce() throws {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderCancelled.sample(.paymentTimeout))
        scene.harness.publish(
            OrderReinstated(
                orderID: .sample, reservation: 2, paymentID: "P-1", amount: 10_000, reinstatedAt: .sample, version: 3))
        scene.harness.publish(OrderConfirmed.sample(reservation: 2))
        scene.harness.publish(OrderConfirmed.sample(reservation: 2))
        try scene.harness.settle()
        #expect(scene.harness.story == ["CommissionAccrued"])
    }

    @Test func whatWasAccruedAndTakenBackNeverAccruesAgain() throws {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderConfirmed.sample())
        scene.harness.publish(OrderCancelled.sample())
        scene.harness.publish(
            OrderReinstated(
                orderID: .sample, reservation: 2, paymentID: "P-1", amount: 10_000, reinstatedAt: .sample, version: 5))
        scene.harness.publish(OrderConfirmed.sample(reservation: 2))
        try scene.harness.settle()
        #expect(scene.harness.story == ["CommissionAccrued", "CommissionReversed"])
    }

    @Test func orderThatNobodySoldPaysNothing() throws {
        let scene = try CommissionScene(nil)
        scene.harness.publish(OrderPlaced.sold(attribution: nil))
        scene.harness.publish(OrderConfirmed.sample())
        scene.harness.publish(OrderCompleted.sample())
        try scene.harness.settle()
        try scene.harness.advance(by: .days(9))
        #expect(scene.harness.story.isEmpty && scene.journals.isEmpty)
        #expect(scene.harness.database.deadLetters.isEmpty)
        #expect(try scene.order().state == .placed)
    }

    @Test(arguments: [true, false]) func exemptOrdersPayNothing(historical: Bool) throws {
        let scene = try CommissionScene()
        scene.harness.publish(
            OrderPlaced.sold(historical: historical, kind: historical ? .sale : .replacement))
        scene.harness.publish(OrderConfirmed.sample())
        scene.harness.publish(OrderCompleted.sample())
        scene.harness.publish(CaseRefunded.sample(100))
        try scene.harness.settle()
        #expect(scene.harness.story.isEmpty)
        #expect(try scene.order().state == .exempt)
    }
}
