import AfterSalesDomain
import Contracts
import Pipeline
import Postgres
import Support
import Testing

@testable import AfterSales

@Suite("Tables in PostgreSQL")
struct TableTests {
    typealias Step = @Sendable (Desk) throws -> Void

    /// What happens to one order, step by step; each step is committed by itself.
    static let stories: [(name: String, steps: [Step])] = [
        (
            "an unshipped refund over two payments",
            [
                {
                    try $0.tell(
                        OrderRevised(
                            orderID: $0.orderID, cause: .price, reservation: 1, weightGrams: 7, lines: $0.placed.lines,
                            goodsTotal: $0.placed.goodsTotal, freight: $0.placed.freight, total: $0.placed.total,
                            receivable: $0.placed.receivable, reason: "haggled", revisedAt: .sample, version: 2))
                },
                { try $0.tell(PaymentShort(orderID: $0.orderID, paymentID: "A", amount: 50, missing: 1, reason: "s")) },
                { try $0.pay() }, { try $0.request(quantity: 2, amount: 20_000) }, { try $0.stop(dispatched: false) },
                { try $0.answerRefund(1, .failed) }, { try $0.answerRefund(2) }, { try $0.answerRefund(1) },
            ]
        ),
        (
            "a return",
            [
                { try $0.pay() }, { try $0.dispatch([.sample(quantity: 2)]) },
                { try $0.tell(ShipmentDelivered.sample(orderID: $0.orderID)) },
                { try $0.request(kind: .return, quantity: 2) }, { try $0.stop(dispatched: true) },
                { try $0.ship() }, { try $0.inspect(1) }, { try $0.answerRefund() }, { try $0.request("AS-2") },
            ]
        ),
        (
            "a paused return with a thread that is forgotten",
            [
                { try $0.pay() }, { try $0.dispatch([.sample(quantity: 2)]) },
                {
                    try $0.tell(
                        CommissionAccrued(
                            orderID: $0.orderID, planID: "p", planVersion: 1, currency: "CNY",
                            legs: [
                                CommissionLeg(
                                    memberID: "M", level: 1, kind: .level, lineID: "1", base: 1, amount: 500, why: "w")
                            ], companyShare: 0, remainder: 0, at: .sample))
                },
                { try $0.request(kind: .return, quantity: 2) }, { try $0.stop(dispatched: true) },
                { try $0.say(ThreadTests.note($0)) }, { try $0.say(ThreadTests.note($0, "m-2", author: .platform)) },
                { desk in
                    _ = try desk.command { PauseCase(head: $0, orderID: desk.orderID, caseID: desk.caseID) }
                },
                { desk in
                    _ = try desk.command { ResumeCase(head: $0, orderID: desk.orderID, caseID: desk.caseID) }
                },
                { try $0.tell(BuyerErased(orderID: $0.orderID, buyerID: "u", erasedAt: .sample)) },
                { try $0.ship() }, { try $0.inspect(1) },
            ]
        ),
        (
            "a cancellation after an overpayment",
            [
                { try $0.pay() },
                {
                    try $0.tell(
                        PaymentExcess(
                            orderID: $0.orderID, paymentID: "P-1", amount: 30_000, excess: 9_200, reason: "too much"))
                },
                { try $0.request() },
                {
                    try $0.tell(
                        OrderCancelled(
                            orderID: $0.orderID, reason: .buyer, cancelledAt: .sample, refundDue: 20_800))
                },
            ]
        ),
        (
            "a request before its payment",
            [{ try $0.request() }, { try $0.pay() }, { try $0.harness.advance(by: .seconds(5)) }]
        ),
    ]

    @Test(arguments: stories.indices)
    func whatIsWrittenIsReadBackTheSame(index: Int) throws {
        let desk = try Desk(.sample(lines: [.sample(quantity: 2)], freight: 800))
        try DatabaseLanes.with(following: desk) { lanes in
            for (number, step) in Self.stories[index].steps.enumerated() {
                try step(desk)
                try lanes.settle()
                let stored = try #require(try lanes.account(.order(desk.orderID)))
                let name = "\(Self.stories[index].name), step \(number + 1)"
                #expect(stored.payments == desk.account.payments, "\(name)")
                #expect(stored.dispatches == desk.account.dispatches, "\(name)")
                #expect(stored.cases == desk.account.cases, "\(name)")
                #expect(stored.refunds == desk.account.refunds, "\(name)")
                #expect([stored.isPaid, stored.isCancelled] == [desk.account.isPaid, desk.account.isCancelled])
                #expect(stored.placed == desk.account.placed)
            }
            let written = try lanes.place.outbox()
            #expect(written.map(\.payload) == desk.harness.database.outbox.map(\.payload))
            #expect(try lanes.place.timers() == desk.timers)
        }
    }

    @Test func anOrderIsFoundByItsOtherNames() throws {
        let desk = try Desk()
        try DatabaseLanes.with(following: desk) { lanes in
            let external = Key.external("wechat-mini", "WX-1001")
            #expect(try lanes.account(external)?.orderID == desk.orderID)
            #expect(try lanes.account(.ready(desk.orderID)) == nil)
            try desk.pay()
            try lanes.settle()
            #expect(try lanes.account(.ready(desk.orderID))?.orderID == desk.orderID)
        }
    }

    @Test func whatMustNeverHappenIsRefusedByTheTables() throws {
        let desk = try Desk()
        try DatabaseLanes.with(following: desk) { lanes in
            for step: Step in [{ try $0.pay() }, { try $0.request() }, { try $0.stop(dispatched: false) }] {
                try step(desk)
                try lanes.settle()
            }
            #expect(lanes.refusal(of: "UPDATE accounts SET refunded = 1")?.constraint == "refunds_within_paid")
            #expect(lanes.refusal(of: "UPDATE accounts SET pending = -1")?.sqlState == "23514")
            #expect(lanes.refusal(of: "UPDATE cases SET state = 'closed'")?.constraint == "outcome_when_over")
            #expect(lanes.refusal(of: "UPDATE cases SET state = 'lost'")?.sqlState == "23514")
            #expect(lanes.refusal(of: "UPDATE cases SET freight = amount + 1")?.sqlState == "23514")
            #expect(lanes.refusal(of: "UPDATE refunds SET state = 'unknown'")?.sqlState == "23514")
            #expect(lanes.refusal(of: "UPDATE payments SET excess = amount + 1")?.sqlState == "23514")
            let again: StaticString = """
                INSERT INTO cases SELECT order_id, 2, case_id || '0', external_case_id, kind, reason, state, outcome,
                    asked, amount, freight, rule, stop, shipped_at, is_inspected FROM cases
                """
            #expect(lanes.refusal(of: again)?.sqlState == "23505")
        }
    }
}
