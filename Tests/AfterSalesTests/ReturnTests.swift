import AfterSalesDomain
import Contracts
import Support
import Testing

@testable import AfterSales

@Suite("Returns")
struct ReturnTests {
    /// A return of one of two pieces whose goods the buyer has sent.
    static func sent() throws -> Desk {
        let desk = try approved()
        try desk.ship()
        return desk
    }

    static func approved() throws -> Desk {
        let desk = try Desk.paid(.sample(lines: [.sample(quantity: 2)]))
        try desk.dispatch([.sample(quantity: 2)])
        try desk.request(kind: .return)
        try desk.stop(dispatched: true)
        let orderID = desk.orderID
        let caseID = desk.caseID
        _ = try desk.command { ApproveCase(head: $0, orderID: orderID, caseID: caseID) }
        return desk
    }

    @Test func theApprovalWaitsTwoDays() throws {
        let desk = try Desk.paid()
        try desk.request(kind: .return)
        try desk.harness.advance(by: .days(2) + .seconds(-1))
        #expect(desk.account.cases[0].state == .requested)
        try desk.harness.advance(by: .seconds(1))
        #expect(desk.account.cases[0].state == .approved)
        #expect(desk.harness.facts(CaseApproved.self).map(\.rule) == ["approval-time"])
    }

    @Test func goodsNotSentInAWeekEndTheCaseAndFreeItsUnits() throws {
        let desk = try Self.approved()
        #expect(desk.clocks == ["ship-back"])
        try desk.harness.advance(by: .days(7))
        #expect(desk.harness.facts(CaseClosed.self).map(\.outcome) == [.expired])
        try desk.request("AS-2", kind: .return, quantity: 2)
        #expect(desk.account.cases[1].state == .requested)
    }

    @Test func moneyGoesBackTenDaysAfterTheGoodsWereSent() throws {
        let desk = try Self.sent()
        #expect(desk.clocks == ["refund-return"])
        try desk.harness.advance(by: .days(10))
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [10_000])
        try desk.answerRefund()
        try desk.inspect()
        #expect(desk.story.suffix(2) == ["CaseGoodsReceived", "CaseInspected"])
        #expect(desk.harness.facts(RefundDue.self).count == 1)
        try desk.inspect()
        #expect(desk.harness.facts(CaseInspected.self).count == 1)
    }

    @Test func moneyGoesBackAWeekAfterTheGoodsCame() throws {
        let desk = try Self.sent()
        let orderID = desk.orderID
        let caseID = desk.caseID
        let outcome = try desk.command {
            ReceiveGoods(head: $0, orderID: orderID, caseID: caseID, warehouse: "hangzhou", lines: [])
        }
        #expect(outcome == .accepted)
        try desk.harness.advance(by: .days(7))
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [10_000])
    }

    @Test func whoSendsBeforeTheApprovalIsTakenAtHisWord() throws {
        let desk = try Desk.paid()
        try desk.dispatch()
        try desk.request(kind: .return)
        try desk.ship()
        #expect(desk.story == ["CaseOpened", "CaseApproved", "CaseGoodsShipped"])
        #expect(desk.clocks == ["refund-return"])
        try desk.ship()
        #expect(desk.story.count == 3)
    }

    @Test(arguments: [(Int64(2), "1"), (1, "7")])
    func findingWhatTheCaseIsNotAboutIsADeadLetter(quantity: Int64, line: String) throws {
        let desk = try Self.sent()
        try desk.inspect(quantity, line: line)
        #expect(desk.faults.count == 1)
        #expect(desk.account.cases[0].state == .goodsInTransit)
    }

    @Test func anInspectionOfNoCaseIsADeadLetter() throws {
        let desk = try Desk.paid()
        try desk.inspect(caseID: "\(desk.orderID)-A9")
        try desk.inspect(caseID: "nonsense")
        #expect(desk.faults.count == 2)
    }

    @Test func aFullReturnOfTwoPartsLeavesOnlyTheFreight() throws {
        let desk = try Desk.paid(.sample(lines: [.sample(quantity: 3, unitPrice: 3333, discount: 1)], freight: 800))
        try desk.dispatch([.sample(quantity: 3)])
        for (number, quantity) in [(1, Int64(1)), (2, 2)] {
            try desk.request("AS-\(number)", kind: .return, quantity: quantity)
            try desk.stop("\(desk.orderID)-A\(number)", dispatched: true)
            try desk.harness.advance(by: .days(2))
            try desk.inspect(quantity, caseID: "\(desk.orderID)-A\(number)")
            try desk.answerRefund(number)
        }
        #expect(desk.account.available == 800)
        #expect(desk.account.cases.map(\.outcome) == [.refunded, .refunded])
    }
}
