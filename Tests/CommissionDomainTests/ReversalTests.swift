import Contracts
import Support
import Testing

@testable import CommissionDomain

@Suite("Taking commission back")
struct ReversalTests {
    private func ledger(
        _ lines: [PlacedLine] = [.sample()], freight: Int64 = 0, plan: DistributionPlan = .sample()
    ) throws -> Ledger {
        var ledger = try Ledger(plan)
        try ledger.take(.placed(.sample(lines: lines, freight: freight, attribution: .sample())))
        try ledger.take(.confirmed(.sample()))
        return ledger
    }

    private func refund(_ number: Int, _ amount: Int64, of lineID: String = "1") -> CommissionMessage {
        .caseRefunded(.sample(number: number, lines: [RefundedLine(lineID: lineID, quantity: 1, amount: amount)]))
    }

    @Test func oneCentTakesNothingFromSmallLegs() throws {
        var ledger = try ledger()
        try ledger.take(refund(1, 1))
        #expect(ledger.accrual(of: .sample)?.legs.map(\.rest) == [1000, 500])
    }

    @Test func halfTheMoneyTakesHalf() throws {
        var ledger = try ledger()
        try ledger.take(refund(1, 5000))
        #expect(ledger.accrual(of: .sample)?.legs.map(\.rest) == [500, 250])
        #expect(ledger.balances[.retained] == 750)
    }

    @Test func onlyTheLegsOfTheRefundedLineGive() throws {
        var ledger = try ledger([.sample("1"), .sample("2", sku: "SKU-2")])
        try ledger.take(refund(1, 10_000, of: "2"))
        #expect(ledger.accrual(of: .sample)?.legs.map(\.rest) == [1000, 500, 0, 0])
    }

    @Test(arguments: [[3333, 3333, 3334], [1, 9998, 1], [9999, 1], [10_000]] as [[Int64]])
    func partsOfAFullRefundLeaveNothing(parts: [Int64]) throws {
        var ledger = try ledger(plan: .sample(poolCapBasisPoints: 1777))
        for (index, amount) in parts.enumerated() { try ledger.take(refund(index + 1, amount)) }
        #expect(ledger.balances.isEmpty)
        #expect(ledger.state.order(.sample)?.state == .reversed)
    }

    @Test func freightAloneTakesNothing() throws {
        var ledger = try ledger(freight: 900)
        try ledger.take(.caseRefunded(.sample(lines: [], freight: 900)))
        #expect(ledger.journals.count == 1)
    }

    @Test func sameRefundCountsOnce() throws {
        var ledger = try ledger()
        for _ in 0..<10 { try ledger.take(refund(1, 5000)) }
        #expect(ledger.accrual(of: .sample)?.legs.map(\.rest) == [500, 250])
        #expect(ledger.journals.count == 2)
    }

    @Test func moreThanWasPaidTakesNoMoreThanAll() throws {
        var ledger = try ledger()
        try ledger.take(refund(1, 8000))
        try ledger.take(refund(2, 8000))
        #expect(ledger.balances.isEmpty)
    }

    @Test func refundBeforeConfirmationIsTakenFromTheAccrual() throws {
        var ledger = try Ledger(.sample())
        try ledger.take(.placed(.sample(attribution: .sample())))
        try ledger.take(refund(1, 5000))
        #expect(ledger.journals.isEmpty)
        try ledger.take(.confirmed(.sample()))
        #expect(ledger.accrual(of: .sample)?.legs.map(\.rest) == [500, 250])
        #expect(ledger.facts.map { type(of: $0).type.contains("Reversed") } == [false, true])
    }

    @Test func cancellationAndFullRefundEndAlikeInEitherOrder() throws {
        let cancelled = CommissionMessage.cancelled(
            OrderCancelled(orderID: .sample, reason: .refunded, cancelledAt: .sample, refundDue: 0))
        for messages in [[refund(1, 10_000), cancelled], [cancelled, refund(1, 10_000)]] {
            var ledger = try ledger()
            for message in messages { try ledger.take(message) }
            #expect(ledger.balances.isEmpty)
            #expect(ledger.journals.map(\.kind) == [.accrue, .reverse])
        }
    }

    @Test func afterMaturityItComesOutOfWhatIsAvailable() throws {
        var ledger = try ledger()
        try ledger.take(.completed(.sample()))
        try ledger.take(.maturityDue(.sample), at: .sample + .days(7))
        try ledger.take(refund(1, 2500))
        #expect(ledger.balances[.available(member: "M3")] == 750)
        #expect(ledger.balances[.frozen(member: "M3")] == nil)
    }

    @Test func unknownLineIsAFault() throws {
        var ledger = try ledger()
        let error = #expect(throws: Fault.self) { try ledger.take(refund(1, 5, of: "7")) }
        #expect(error?.field == "lines[0].lineId")
    }

    @Test func receivableBaseCountsWhatOthersBore() throws {
        let order = OrderPlaced.sample(lines: [.sample("1"), .sample("2", unitPrice: 0)], attribution: .sample())
        #expect(order.total == order.receivable)
        let subsidised = OrderPlaced(
            orderID: order.orderID, kind: .sale, reservation: 1, channel: order.channel,
            externalOrderID: order.externalOrderID, placedAt: order.placedAt, currency: "CNY", weightGrams: 0,
            lines: order.lines, goodsTotal: 10_000, freight: 0, tax: 0, fees: 0, total: 10_000, receivable: 12_000,
            paymentTerms: .prepaid, delivery: .express, attribution: .sample())
        for (basis, expected) in [(DistributionPlan.Basis.goodsPaid, 1000), (.goodsReceivable, 1200)] {
            var ledger = try Ledger(.sample(base: basis))
            try ledger.take(.placed(subsidised))
            try ledger.take(.confirmed(.sample()))
            #expect(ledger.accrual(of: .sample)?.legs.first?.leg.amount == Int64(expected))
        }
    }
}
