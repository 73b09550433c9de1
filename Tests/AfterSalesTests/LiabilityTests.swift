import AfterSalesDomain
import Contracts
import Pipeline
import Support
import Testing

@testable import AfterSales

@Suite("Who bears what is wrong")
struct LiabilityTests {
    /// A return of one of two pieces that the buyer has sent for 12.00.
    private func sent(freight: Int64? = 1200) throws -> Desk {
        let desk = try ReturnTests.approved()
        try desk.say(
            AfterSalesShipped(
                channel: desk.placed.channel, externalOrderID: desk.placed.externalOrderID, externalCaseID: "AS-1",
                carrier: "sf", waybill: "SF1", shippedAt: desk.harness.clock.now, freight: freight))
        return desk
    }

    private func inspect(_ desk: Desk, _ liability: Liability?, _ outcome: WarehouseInspection.Line.Outcome) throws {
        desk.harness.publish(
            WarehouseInspection(
                caseID: desk.caseID, warehouse: "hangzhou",
                lines: [.init(lineID: "1", quantity: 1, outcome: outcome, liability: liability)],
                inspectedAt: desk.harness.clock.now), on: .warehouseInspections, key: desk.caseID)
        try desk.harness.settle()
    }

    @Test(arguments: [Liability.merchant, .carrier, .supplier])
    func whoIsAtFaultPaysTheWayBack(liability: Liability) throws {
        let desk = try sent()
        try inspect(desk, liability, .scrap)
        #expect(desk.harness.facts(CaseInspected.self).map { $0.lines.map(\.liability) } == [[liability]])
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [11_200])
        try desk.answerRefund()
        #expect(desk.harness.facts(CaseRefunded.self).map(\.freight) == [1200])
    }

    @Test func withoutAFaultTheWayBackIsTheBuyers() throws {
        let desk = try sent()
        try inspect(desk, nil, .restock)
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [10_000])
    }

    @Test func anUnusualFreightIsForAPerson() throws {
        let desk = try sent(freight: 3001)
        try inspect(desk, .merchant, .restock)
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [10_000])
    }

    @Test func whatPeopleHaveSettledStays() throws {
        let desk = try sent()
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        _ = try desk.command {
            ChargeReturnFreight(head: $0, orderID: orderID, caseID: caseID, amount: 500, payer: .buyer)
        }
        try inspect(desk, .merchant, .restock)
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [9500])
    }

    @Test func whatTheBuyerSpoiltIsWeighedByAPerson() throws {
        let desk = try sent()
        try inspect(desk, .buyer, .scrap)
        #expect(desk.account.cases.map(\.state) == [.inspected])
        #expect(desk.harness.facts(RefundDue.self).isEmpty)
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        let tooMuch = try desk.command { ApproveCase(head: $0, orderID: orderID, caseID: caseID, amount: 10_001) }
        #expect(tooMuch == .refused)
        let part = try desk.command { ApproveCase(head: $0, orderID: orderID, caseID: caseID, amount: 4000) }
        #expect(part == .accepted)
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [4000])
        #expect(desk.clocks.isEmpty)
    }

    @Test func aPersonMayRejectWhatTheBuyerSpoilt() throws {
        let desk = try sent()
        try inspect(desk, .buyer, .scrap)
        let (orderID, caseID) = (desk.orderID, desk.caseID)
        #expect(try desk.command { RejectCase(head: $0, orderID: orderID, caseID: caseID) } == .accepted)
        #expect(desk.account.cases.map(\.outcome) == [.rejected])
        #expect(desk.clocks.isEmpty)
    }

    /// Nobody weighs it: the buyer is not kept waiting.
    @Test func theClockDecidesForTheBuyer() throws {
        let desk = try sent()
        try inspect(desk, .buyer, .scrap)
        try desk.harness.advance(by: .days(7))
        #expect(desk.harness.facts(RefundDue.self).map(\.amount) == [10_000])
    }
}
