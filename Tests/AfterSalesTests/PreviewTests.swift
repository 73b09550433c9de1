import AfterSalesDomain
import Contracts
import Support
import Testing

@testable import AfterSales

@Suite("What a case would cost")
struct PreviewTests {
    private static func accrued(_ orderID: OrderID, _ amounts: [(String, Int64)]) -> CommissionAccrued {
        CommissionAccrued(
            orderID: orderID, planID: "2026", planVersion: 1, currency: "CNY",
            legs: amounts.enumerated().map { index, leg in
                CommissionLeg(
                    memberID: "M\(index)", level: Int64(index + 1), kind: .level, lineID: leg.0, base: 1,
                    rateBasisPoints: 1, amount: leg.1, why: "w")
            }, companyShare: 0, remainder: 0, at: .sample)
    }

    /// Three pieces for 100.00 each: legs of 10.01 and 5.00, and one of another line.
    private static func desk() throws -> Desk {
        let desk = try Desk.paid(.sample(lines: [.sample(quantity: 3), .sample("2", sku: "SKU-2")]))
        try desk.tell(accrued(desk.orderID, [("1", 1001), ("1", 500), ("2", 700)]))
        return desk
    }

    @Test func thePreviewSaysWhatDistributorsLose() throws {
        let desk = try Self.desk()
        try desk.request()
        // 1001 / 3 = 333.67, 500 / 3 = 166.67
        #expect(desk.harness.facts(CaseOpened.self).map(\.preview.commission) == [334 + 167])
    }

    /// As commission reverses: cumulative, so that the steps sum to the legs.
    @Test func stepsSumToTheLegs() throws {
        let desk = try Self.desk()
        var sum: Int64 = 0
        for number in 1...3 {
            try desk.request("AS-\(number)")
            try desk.stop("\(desk.orderID)-A\(number)", dispatched: false)
            try desk.answerRefund(number)
            sum += desk.harness.facts(CaseOpened.self)[number - 1].preview.commission
        }
        #expect(sum == 1501)
    }

    @Test func aPartOfTheMoneyTakesAPart() throws {
        let desk = try Self.desk()
        try desk.request(amount: 1000)
        let preview = try #require(desk.harness.facts(CaseOpened.self).first?.preview)
        #expect(preview.goods == 1000)
        // 1001 × 1000 / 30000 = 33.37, 500 × 1000 / 30000 = 16.67
        #expect(preview.commission == 33 + 17)
    }

    @Test func anAccrualAnewReplacesTheFirst() throws {
        let desk = try Self.desk()
        try desk.tell(Self.accrued(desk.orderID, [("1", 300)]))
        try desk.request(quantity: 3)
        #expect(desk.harness.facts(CaseOpened.self).map(\.preview.commission) == [300])
    }

    @Test func withoutCommissionNothingIsLost() throws {
        let desk = try Desk.paid()
        try desk.request()
        #expect(desk.harness.facts(CaseOpened.self).map(\.preview.commission) == [0])
    }

    /// What was accrued before after-sales knows the order is kept all the same.
    @Test func commissionMayComeFirst() throws {
        let desk = try Desk.paid()
        let other = OrderPlaced.sample(externalOrderID: "WX-2")
        try desk.tell(Self.accrued(other.orderID, [("1", 100)]))
        #expect(desk.waitingKeys.isEmpty)
    }
}
