import Contracts
import Support
import Testing

@testable import CommissionDomain

@Suite("Commission against an exact oracle")
struct OracleTests {
    @Test func twentyThousandSalesAgreeToTheCent() throws {
        var random = SeededGenerator(seed: 20_261_122)
        var accrued = 0
        var cut = 0
        var refunded = 0
        var margins = 0
        for number in 0..<20_000 {
            let sale = RandomSale(&random)
            var ledger = try Ledger(sale.plan, classes: sale.classes)
            try ledger.take(.placed(sale.order))
            try ledger.take(.confirmed(.sample(orderID: sale.order.orderID)))
            let fault = try accrualFault(sale, ledger) ?? refundFault(sale, &ledger)
            try #require(fault == nil, "sale \(number): \(fault ?? "")")
            guard let accrual = ledger.accrual(of: sale.order.orderID) else { continue }
            accrued += 1
            cut += accrual.legs.contains { $0.leg.why.contains("cut") } ? 1 : 0
            refunded += accrual.isAlive ? 0 : 1
            margins += sale.plan.mode == .margin ? 1 : 0
        }
        // The draw must reach what it is about.
        #expect(
            accrued > 15_000 && cut > 2000 && refunded > 500 && margins > 2000,
            "\(accrued) accrued, \(cut) cut, \(refunded) refunded, \(margins) by supply price")
    }

    /// What differs from the oracle after the accrual, or breaks I8.
    private func accrualFault(_ sale: RandomSale, _ ledger: Ledger) -> String? {
        let chain = sale.order.attribution?.chain ?? []
        let oracle = Oracle(plan: sale.plan)
        let expected = sale.order.lines.map { oracle.shares(of: $0, sale.classes[$0.sku], chain) }
        guard let accrual = ledger.accrual(of: sale.order.orderID) else {
            let sum = expected.flatMap(\.amounts).reduce(0, +)
            return sum == 0 && ledger.facts.isEmpty ? nil : "\(sum) was not accrued"
        }
        for (line, expected) in zip(sale.order.lines, expected) {
            let legs = accrual.legs.filter { $0.leg.lineID == line.lineID }
            let pool = accrual.pools.first { $0.lineID == line.lineID }
            let actual = Oracle.Shares(
                legs: legs.map(\.leg.memberID), amounts: legs.map(\.leg.amount), pool: pool?.pool ?? -1,
                companyShare: pool?.companyShare ?? -1, remainder: pool?.remainder ?? -1)
            guard actual == expected else { return "line \(line.lineID): \(actual) is not \(expected)" }
            let paid = actual.amounts.reduce(0, +)
            guard paid + actual.companyShare + actual.remainder == actual.pool else { return "I8: \(actual)" }
            guard paid <= actual.pool, actual.companyShare >= 0 else { return "beyond the pool: \(actual)" }
        }
        return nil
    }

    /// What differs from the oracle after the refunds, or is left after full ones.
    private func refundFault(_ sale: RandomSale, _ ledger: inout Ledger) throws -> String? {
        guard let before = ledger.accrual(of: sale.order.orderID) else { return nil }
        var refunded: [String: Int64] = [:]
        for (index, refund) in sale.refunds.enumerated() {
            refunded[refund.lineID, default: 0] += refund.amount
            let line = RefundedLine(lineID: refund.lineID, quantity: 1, amount: refund.amount)
            try ledger.take(.caseRefunded(.sample(orderID: sale.order.orderID, number: index + 1, lines: [line])))
        }
        guard let after = ledger.accrual(of: sale.order.orderID) else { return "the accrual is gone" }
        for (was, now) in zip(before.legs, after.legs) {
            let paid = sale.order.lines.first { $0.lineID == was.leg.lineID }?.paid ?? 0
            guard paid > 0 else { continue }
            let part = Fraction(Int128(refunded[was.leg.lineID] ?? 0), over: Int128(paid))
            let expected = (Fraction(was.leg.amount) * part).rounded
            guard now.reversed == expected else { return "\(was.leg): \(now.reversed) is not \(expected)" }
        }
        let isFull = sale.order.lines.allSatisfy { refunded[$0.lineID, default: 0] == $0.paid }
        if isFull, !ledger.balances.isEmpty { return "after a full refund there is \(ledger.balances)" }
        let frozen = after.legs.reduce(0) { $0 + $1.rest }
        let booked = ledger.balances.filter { $0.key.name == "frozen" }.reduce(0) { $0 + $1.value }
        return frozen == booked ? nil : "\(frozen) is left of the legs, \(booked) in the ledger"
    }
}
