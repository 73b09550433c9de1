import Contracts
import Support
import Testing

@testable import AfterSalesDomain

@Suite("Money received")
struct PaymentCountTests {
    /// What was received and promised back after some facts about one order of 100.00.
    static func account(after messages: [AfterSalesMessage]) throws -> OrderAccount {
        var state = State<AfterSalesAggregate>()
        let key = Key.order(.sample)
        state.load(key, .order(OrderAccount(placed: .sample(), followsPlatform: false)))
        for message in messages {
            for change in try message.decide(given: state, at: .sample).changes { change.apply(to: &state) }
        }
        return try #require(state.order(key))
    }

    static func paid(_ paymentID: String, _ amount: Int64) -> AfterSalesMessage {
        .paid(OrderPaid(orderID: .sample, paymentID: paymentID, amount: amount, paidAt: .sample))
    }

    static func short(_ paymentID: String, _ amount: Int64) -> AfterSalesMessage {
        .paidShort(
            PaymentShort(
                orderID: .sample, paymentID: paymentID, amount: amount, missing: 10_000 - amount, reason: "short"))
    }

    static func excess(_ paymentID: String, _ amount: Int64, _ excess: Int64) -> AfterSalesMessage {
        .paidTooMuch(
            PaymentExcess(
                orderID: .sample, paymentID: paymentID, amount: amount, excess: excess, reason: "too much"))
    }

    static let stories: [(name: String, messages: [AfterSalesMessage], received: Int64, owed: Int64)] = [
        ("one payment", [paid("P1", 10_000)], 10_000, 0),
        ("the same again", [paid("P1", 10_000), paid("P1", 10_000)], 10_000, 0),
        ("two parts", [short("P1", 4000), paid("P2", 10_000)], 10_000, 0),
        ("overpaid in one", [paid("P1", 10_000), excess("P1", 12_000, 2000)], 12_000, 2000),
        ("overpaid, all of it named", [paid("P1", 12_000), excess("P1", 12_000, 2000)], 12_000, 2000),
        ("the excess first", [excess("P1", 12_000, 2000), paid("P1", 10_000)], 12_000, 2000),
        (
            "overpaid in two parts", [short("P1", 4000), paid("P2", 10_000), excess("P2", 7000, 1000)], 11_000, 1000
        ),
        ("paid twice", [paid("P1", 10_000), excess("P2", 10_000, 10_000)], 20_000, 10_000),
        (
            "the excess twice", [paid("P1", 10_000), excess("P2", 500, 500), excess("P2", 500, 500)], 10_500, 500
        ),
        ("stray money, then the payment", [excess("P0", 300, 300), paid("P1", 10_000)], 10_300, 300),
        ("nothing to pay", [paid("zero", 0)], 0, 0),
    ]

    @Test(arguments: stories.indices)
    func everyPaymentCountsOnce(index: Int) throws {
        let story = Self.stories[index]
        let account = try Self.account(after: story.messages)
        #expect(account.paid == story.received, "\(story.name)")
        #expect(account.pending == story.owed, "\(story.name)")
    }

    @Test(arguments: [(Int64(9000), Int64(9000)), (10_000, 10_000), (10_001, 10_000), (0, 0)])
    func aCancelledOrderOwesAtMostWhatWasPaid(refundDue: Int64, owed: Int64) throws {
        let cancelled = OrderCancelled(
            orderID: .sample, reason: .operator, cancelledAt: .sample, refundDue: refundDue)
        let account = try Self.account(after: [Self.paid("P1", 10_000), .cancelled(cancelled), .cancelled(cancelled)])
        #expect(account.pending == owed)
    }

    @Test func factsAboutAnUnknownOrderWait() throws {
        var state = State<AfterSalesAggregate>()
        state.load(.order(.sample), nil)
        for message in [Self.paid("P1", 1), Self.short("P1", 1), Self.excess("P1", 1, 1)] {
            #expect(try message.decide(given: state, at: .sample).wait?.key == .order(.sample))
        }
    }
}
