import AfterSalesDomain
import Contracts
import Support
import Testing

@testable import AfterSales

@Suite("Approvals")
struct ApprovalTests {
    @Test(arguments: [(Int64(2000), true), (2001, false)])
    func aSmallAmountAfterDispatchNeedsNoPerson(amount: Int64, isApproved: Bool) throws {
        let desk = try Desk.paid()
        try desk.dispatch()
        try desk.request(amount: amount)
        try desk.stop(dispatched: true)
        #expect(desk.story.contains("RefundDue") == isApproved)
        #expect(desk.harness.facts(CaseApproved.self).map(\.rule) == (isApproved ? ["small-amount"] : []))
    }

    @Test(arguments: [(Int64(2000), true), (2001, false)])
    func aSmallAmountWithoutGoodsIsApprovedAtOnce(amount: Int64, isApproved: Bool) throws {
        let desk = try Desk.paid()
        try desk.request(line: nil, amount: amount)
        #expect(desk.story == (isApproved ? ["CaseOpened", "CaseApproved", "RefundDue"] : ["CaseOpened"]))
        try desk.stop(dispatched: false)
        #expect(desk.story.contains("RefundDue") == isApproved)
    }

    @Test func aPersonDecidesARefundAfterDispatch() throws {
        let desk = try Desk.paid()
        try desk.dispatch()
        try desk.request()
        let orderID = desk.orderID
        let caseID = desk.caseID
        #expect(try desk.command { ApproveCase(head: $0, orderID: orderID, caseID: caseID) } == .refused)
        try desk.stop(dispatched: true)
        try desk.harness.advance(by: .days(30))
        #expect(desk.account.cases[0].state == .requested)
        let tooMuch = try desk.command { ApproveCase(head: $0, orderID: orderID, caseID: caseID, amount: 10_001) }
        #expect(tooMuch == .refused)
        #expect(try desk.command { ApproveCase(head: $0, orderID: orderID, caseID: caseID, amount: 4000) } == .accepted)
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [4000])
        #expect(desk.harness.facts(CaseApproved.self).map(\.by) == ["anna"])
    }

    @Test func partOfTheGoodsHavingLeftIsForAPerson() throws {
        let desk = try Desk.paid(.sample(lines: [.sample(quantity: 2)]))
        try desk.request(quantity: 2)
        try desk.tell(
            LinesStopped(
                orderID: desk.orderID, requestID: desk.caseID,
                stopped: [LinePieces(lineID: "1", quantity: 1)],
                dispatched: [LinePieces(lineID: "1", quantity: 1, shipmentID: "S1")]))
        #expect(desk.story == ["CaseOpened"])
        #expect(desk.account.cases[0].stop == .dispatched)
    }

    @Test func anAnswerToIntakesQuestionIsNoneOfOurs() throws {
        let desk = try Desk.paid()
        try desk.request()
        try desk.tell(
            LinesStopped(
                orderID: desk.orderID, requestID: "\(desk.orderID)-C1",
                stopped: [LinePieces(lineID: "1", quantity: 1)], dispatched: []))
        #expect(desk.story == ["CaseOpened"])
    }

    @Test func aReturnOfGoodsInTheHouseIsRejected() throws {
        let desk = try Desk.paid()
        try desk.request(kind: .return)
        try desk.stop(dispatched: false)
        #expect(desk.harness.facts(CaseRejected.self).map(\.reason) == ["not-shipped"])
        #expect(desk.clocks.isEmpty)
    }

    @Test func aCommandAboutNothingIsRefused() throws {
        let desk = try Desk.paid()
        let known = desk.orderID
        let unknown = OrderID.sample("WX-9")
        #expect(try desk.command { CloseCase(head: $0, orderID: unknown, caseID: "\(unknown)-A1") } == .refused)
        #expect(try desk.command { CloseCase(head: $0, orderID: known, caseID: "\(known)-A7") } == .refused)
    }
}
