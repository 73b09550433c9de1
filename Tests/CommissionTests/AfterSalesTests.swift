import CommissionDomain
import Contracts
import Pipeline
import Support
import Testing

@testable import Commission

@Suite("Commission and after-sales")
struct AfterSalesTests {
    private func accrued(_ lines: [PlacedLine] = [.sample()]) throws -> CommissionScene {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold(lines))
        scene.harness.publish(OrderConfirmed.sample())
        scene.harness.publish(OrderCompleted.sample())
        try scene.harness.settle()
        return scene
    }

    @Test func refundNamesCaseRefundAndLegs() throws {
        let scene = try accrued()
        scene.harness.publish(CaseRefunded.sample(2500))
        try scene.harness.settle()
        let reversed = try #require(scene.harness.facts(CommissionReversed.self).first)
        #expect(reversed.caseID == "\(OrderID.sample)-A1" && reversed.refundID == "\(OrderID.sample)-R1")
        #expect(reversed.legs.map(\.amount) == [250, 125] && reversed.legs.map(\.memberID) == ["M3", "M1"])
        #expect(reversed.companyShare == 375 && reversed.reason == "refunded")
    }

    @Test func onlyWhatIsLeftMatures() throws {
        let scene = try accrued()
        scene.harness.publish(CaseOpened.sample(amount: 2500))
        scene.harness.publish(CaseRefunded.sample(2500))
        scene.harness.publish(CaseClosed.sample())
        try scene.harness.settle()
        try scene.harness.advance(by: .days(7))
        #expect(scene.harness.story == ["CommissionAccrued", "CommissionReversed", "CommissionMatured"])
        #expect(scene.harness.facts(CommissionMatured.self).first?.legs.map(\.amount) == [750, 375])
        #expect(scene.available("M3") == 750 && scene.frozen("M3") == 0)
    }

    @Test func fullRefundLeavesNothingToMature() throws {
        let scene = try accrued()
        scene.harness.publish(CaseRefunded.sample(10_000))
        try scene.harness.settle()
        #expect(scene.isEven)
        #expect(scene.harness.database.timers.isEmpty)
        try scene.harness.advance(by: .days(9))
        #expect(scene.harness.facts(CommissionMatured.self).isEmpty)
    }

    @Test func refundAfterMaturityIsADebtOfTheMember() throws {
        let scene = try accrued()
        try scene.harness.advance(by: .days(7))
        scene.harness.publish(CaseRefunded.sample(10_000))
        try scene.harness.settle()
        #expect(scene.available("M3") == 0 && scene.isEven)
        #expect(try scene.order().state == .reversed)
    }

    @Test func messagesBeforeTheirOrderWait() throws {
        let scene = try CommissionScene()
        scene.harness.publish(CaseRefunded.sample(5000))
        try scene.harness.settle()
        #expect(scene.harness.database.waiting.count == 1)
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderConfirmed.sample())
        try scene.harness.settle()
        #expect(scene.harness.database.waiting.isEmpty)
        #expect(scene.frozen("M3") == 500)
    }
}

@Suite("Commission of another distributor")
struct AttributionTests {
    private static let other = Attribution.sample(kind: .operator, chain: [ChainLink(memberID: "M9")])

    private func confirmed(_ attribution: Attribution?) throws -> CommissionScene {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold(attribution: attribution))
        scene.harness.publish(OrderConfirmed.sample())
        try scene.harness.settle()
        return scene
    }

    @Test func changeBeforeConfirmationOnlyReplaces() throws {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(OrderAttributionChanged.sample(Self.other))
        scene.harness.publish(OrderConfirmed.sample())
        try scene.harness.settle()
        #expect(scene.harness.story == ["CommissionAccrued"])
        #expect(scene.frozen("M9") == 1000 && scene.frozen("M3") == 0)
    }

    private func revised(paid: Int64, version: Int64) -> OrderRevised {
        let line = PlacedLine.sample(unitPrice: paid)
        return OrderRevised(
            orderID: .sample, cause: .price, reservation: 1, weightGrams: 1, lines: [line], goodsTotal: paid,
            freight: 0, total: paid, receivable: paid, reason: "haggled", revisedAt: .sample, version: version)
    }

    @Test func theLastPriceBeforeConfirmationPays() throws {
        let scene = try CommissionScene()
        scene.harness.publish(OrderPlaced.sold())
        scene.harness.publish(revised(paid: 8000, version: 3))
        scene.harness.publish(revised(paid: 9000, version: 2))
        scene.harness.publish(OrderConfirmed.sample(version: 4))
        scene.harness.publish(revised(paid: 1, version: 5))
        try scene.harness.settle()
        #expect(scene.frozen("M3") == 800)
        scene.harness.publish(OrderAttributionChanged.sample(Self.other, version: 6))
        try scene.harness.settle()
        #expect(scene.frozen("M9") == 800 && scene.frozen("M3") == 0)
    }

    @Test func changeAfterConfirmationMovesTheMoney() throws {
        let scene = try confirmed(.sample())
        scene.harness.publish(OrderAttributionChanged.sample(Self.other))
        try scene.harness.settle()
        #expect(scene.harness.story == ["CommissionAccrued", "CommissionReversed", "CommissionAccrued"])
        #expect(scene.frozen("M9") == 1000 && scene.frozen("M3") == 0 && scene.frozen("M1") == 0)
        #expect(scene.harness.facts(CommissionReversed.self).first?.reason == "attribution changed: bound late")
    }

    @Test func lateDistributorEarnsWhatNobodyEarned() throws {
        let scene = try confirmed(nil)
        scene.harness.publish(OrderAttributionChanged.sample(.sample()))
        try scene.harness.settle()
        #expect(scene.harness.story == ["CommissionAccrued"])
        #expect(scene.frozen("M3") == 1000)
    }

    @Test func orderTakenFromEverybodyPaysNobody() throws {
        let scene = try confirmed(.sample())
        scene.harness.publish(OrderAttributionChanged.sample(nil))
        try scene.harness.settle()
        #expect(scene.isEven)
        #expect(try scene.order().state == .placed)
    }

    @Test func refundsAndMaturityMoveWithIt() throws {
        let scene = try confirmed(.sample())
        scene.harness.publish(CaseRefunded.sample(5000))
        scene.harness.publish(OrderCompleted.sample())
        try scene.harness.settle()
        try scene.harness.advance(by: .days(8))
        scene.harness.publish(OrderAttributionChanged.sample(Self.other))
        try scene.harness.settle()
        #expect(scene.available("M3") == 0 && scene.available("M9") == 500)
        scene.harness.publish(CaseRefunded.sample(number: 2, 5000))
        try scene.harness.settle()
        #expect(scene.isEven)
    }

    @Test func newDistributorKeepsTheOrdersPlan() throws {
        let scene = try confirmed(.sample())
        scene.publish(.sample(version: 2, effectiveFrom: .sample + .days(-1), levels: []))
        try scene.harness.settle()
        scene.harness.publish(OrderAttributionChanged.sample(Self.other))
        try scene.harness.settle()
        #expect(scene.harness.facts(CommissionAccrued.self).map(\.planVersion) == [1, 1])
    }

    @Test func olderChangeChangesNothing() throws {
        let scene = try confirmed(.sample())
        scene.harness.publish(OrderAttributionChanged.sample(Self.other, version: 6))
        scene.harness.publish(OrderAttributionChanged.sample(nil, version: 5))
        scene.harness.publish(OrderAttributionChanged.sample(Self.other, version: 6))
        try scene.harness.settle()
        #expect(scene.frozen("M9") == 1000)
        #expect(scene.journals.count == 3)
    }
}
