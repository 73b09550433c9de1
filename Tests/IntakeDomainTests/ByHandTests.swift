import Contracts
import Support
import Testing

@testable import IntakeDomain

@Suite("Payments entered by hand")
struct ConfirmPaymentTests {
    private func payment(
        _ commandID: String = "C-1", id: String = "B-1", amount: Int64 = 10_000, actor: String = "ann",
        proof: String? = "slip 7"
    ) -> ConfirmPayment {
        ConfirmPayment(
            head: CommandHead(commandID: commandID, actor: actor, reason: "bank", issuedAt: .sample),
            orderID: .sample, paymentID: id, amount: amount, method: "bank-transfer", paidAt: .sample, proof: proof)
    }

    @Test func moneyWithAProofCounts() throws {
        var desk = try Desk()
        try desk.place(.sample())
        #expect(try desk.command(payment())?.outcome == .accepted)
        #expect(desk.order()?.state == .paid)
        #expect(desk.last(OrderPaid.self)?.paymentID == "B-1")
        #expect(desk.timers.isEmpty)
        #expect(desk.order()?.handling.payments.map(\.proof) == ["slip 7"])
    }

    @Test func aPartCountsAsAPart() throws {
        var desk = try Desk()
        try desk.place(.sample())
        #expect(try desk.command(payment(amount: 9999))?.outcome == .accepted)
        #expect(desk.last(PaymentShort.self)?.missing == 1)
    }

    @Test func moneyAfterTheTimeoutBringsTheOrderBack() throws {
        var desk = try Desk()
        try desk.place(.sample())
        try desk.fire(.paymentTimeout)
        #expect(try desk.command(payment("C-0", amount: 1))?.reason == "the order is cancelled")
        #expect(try desk.command(payment())?.outcome == .accepted)
        #expect(desk.last(OrderReinstated.self)?.reservation == 2)
    }

    @Test(arguments: [
        (10_001, "only 10000 is missing"), (0, "the amount is not possible"), (-5, "the amount is not possible"),
        (1_000_000_000_000, "the amount is not possible"),
    ])
    func anAmountTheOrderCannotTakeIsRefused(amount: Int64, reason: String) throws {
        var desk = try Desk()
        try desk.place(.sample())
        #expect(try desk.command(payment(amount: amount))?.reason == reason)
        #expect(desk.order()?.account.payments == [])
    }

    @Test(arguments: [nil, ""])
    func withoutAProofNothingCounts(proof: String?) throws {
        var desk = try Desk()
        try desk.place(.sample())
        #expect(try desk.command(payment(proof: proof))?.reason == "the proof is missing")
    }

    @Test func whatIsPaidOrOverTakesNoMore() throws {
        var desk = try Desk.confirmed()
        #expect(try desk.command(payment())?.reason == "the order is paid already")
        #expect(
            try desk.command(payment("C-2", id: "P-WX-1001"))?.reason == "payment P-WX-1001 has been counted already")
        var cancelled = try Desk()
        try cancelled.place(.sample())
        try cancelled.take(ChannelOrderCancel.sample(), on: .channelOrders)
        #expect(try cancelled.command(payment())?.reason == "the order is cancelled")
    }

    @Test func aPlatformsMoneyIsNotEntered() throws {
        var desk = try Desk(.sample(money: .platform, clocks: .platform))
        try desk.place(.sample())
        #expect(try desk.command(payment())?.reason == "the platform takes the money of this channel")
    }

    @Test(arguments: [(10_000, true), (9999, false)])
    func aboveTheLimitASecondPersonMustEnterItToo(limit: Int64, counts: Bool) throws {
        var desk = try Desk(.sample(secondApprovalAbove: limit))
        try desk.place(.sample())
        let answer = try desk.command(payment())
        #expect(answer?.outcome == .accepted)
        #expect(answer?.reason == (counts ? nil : "another person must confirm it"))
        #expect(desk.order()?.state == (counts ? .paid : .pendingPayment))
        #expect((desk.last(PaymentAwaitsApproval.self) == nil) == counts)
    }

    @Test func theSecondPersonDecides() throws {
        var desk = try Desk(.sample(secondApprovalAbove: 5000))
        try desk.place(.sample())
        _ = try desk.command(payment())
        #expect(desk.last(PaymentAwaitsApproval.self)?.actor == "ann")
        #expect(try desk.command(payment("C-2"))?.reason == "another person must confirm it")
        #expect(try desk.command(payment("C-3", amount: 9000, actor: "bob"))?.reason == "10000 was entered, not 9000")
        #expect(desk.order()?.state == .pendingPayment)
        #expect(try desk.command(payment("C-4", actor: "bob"))?.outcome == .accepted)
        #expect(desk.order()?.state == .paid)
        #expect(desk.order()?.handling.payments.map(\.approvedBy) == ["bob"])
        #expect(try desk.command(payment("C-5", actor: "eve"))?.outcome == .refused)
    }

    @Test func manySmallPaymentsAreTogetherALargeOne() throws {
        var desk = try Desk(.sample(secondApprovalAbove: 6000))
        try desk.place(.sample())
        #expect(try desk.command(payment(amount: 6000))?.reason == nil)
        #expect(try desk.command(payment("C-2", id: "B-2", amount: 4000))?.reason == "another person must confirm it")
        #expect(desk.order()?.account.covered == 6000)
    }
}

@Suite("Prices changed by hand")
struct ChangePriceTests {
    private func change(
        _ prices: [String: Int64], freight: Int64? = nil, commandID: String = "C-1"
    ) -> ChangePrice {
        ChangePrice(
            head: .sample(commandID), orderID: .sample,
            lines: prices.sorted { $0.key < $1.key }.map { LinePrice(lineID: $0.key, unitPrice: $0.value) },
            freight: freight)
    }

    private let order = ChannelOrder.sample(
        lines: [.sample("1", quantity: 3, unitPrice: 1000, discount: 100), .sample("2", unitPrice: 700)],
        orderDiscount: 101, freight: 800)

    @Test func sumsAndSharesFollow() throws {
        var desk = try Desk()
        try desk.place(order)
        #expect(try desk.command(change(["1": 900], freight: 500))?.outcome == .accepted)
        let placed = try #require(desk.order()).placed
        // 2600 and 700; the discount of 101 by largest remainder: 79.58 and 21.42.
        #expect(placed.lines.map(\.orderDiscountShare) == [80, 21])
        #expect(placed.lines.map(\.paid) == [2520, 679])
        #expect(placed.lines.map(\.freightShare) == [394, 106])
        #expect(placed.goodsTotal == 3199 && placed.freight == 500 && placed.total == 3699)
        #expect(placed.receivable == 3699)
        let told = desk.last(OrderRevised.self)
        #expect(told?.lines == placed.lines && told?.total == 3699 && told?.cause == .price && told?.actor == "user-1")
        #expect(desk.order()?.account.missing == 3699)
        try desk.take(ChannelPayment.sample(amount: 3699))
        #expect(desk.order()?.state == .paid)
    }

    @Test func whatCostsNothingIsPaid() throws {
        var desk = try Desk()
        try desk.place(.sample())
        #expect(try desk.command(change(["1": 0]))?.outcome == .accepted)
        #expect(desk.last(OrderPaid.self)?.paymentID == "zero")
        #expect(desk.timers.isEmpty)
    }

    @Test(
        arguments: [
            (["3": 1], nil, "the order has no line 3"), (["1": -1], nil, "the price of line 1 is not possible"),
            (["1": 33], nil, "the discount of line 1 is above its price"),
            (["1": 34, "2": 0], nil, "the discount 101 is above the goods"),
            ([:], -1, "the freight is below 0"), (["1": 1000], 800, "the order costs that already"),
            ([:], nil, "the order costs that already"),
            (["2": 999_999_999_999], 800, "the total is not possible"),
        ] as [([String: Int64], Int64?, String)])
    func aPriceThatCannotBeIsRefused(prices: [String: Int64], freight: Int64?, reason: String) throws {
        var desk = try Desk()
        try desk.place(order)
        #expect(try desk.command(change(prices, freight: freight))?.reason == reason)
        #expect(desk.last(OrderRevised.self) == nil)
    }

    @Test func aGiftCostsNothing() throws {
        var desk = try Desk()
        try desk.place(.sample(lines: [.sample("1"), .sample("2", giftOf: "1")]))
        #expect(try desk.command(change(["2": 1]))?.reason == "line 2 is a gift")
    }

    @Test func afterAnyPaymentPricesStay() throws {
        var desk = try Desk()
        try desk.place(order)
        try desk.take(ChannelPayment.sample(amount: 1))
        #expect(try desk.command(change(["1": 900]))?.reason == "money was paid for the order already")
    }

    @Test func aPlatformsPricesAreItsOwn() throws {
        var desk = try Desk(.sample(money: .platform))
        try desk.place(.sample())
        #expect(try desk.command(change(["1": 900]))?.reason == "the platform sets the prices of this channel")
    }

    /// Any prices keep I7: lines less discounts, freight and what else the total held.
    @Test func sumsHoldForAnyPrices() throws {
        var random = SeededRandom(state: 7)
        for number in 0..<500 {
            var desk = try Desk()
            let lines = (1...Int.random(in: 1...5, using: &random)).map {
                ChannelOrder.Line.sample(
                    "\($0)", quantity: .random(in: 1...9, using: &random),
                    unitPrice: .random(in: 50...9999, using: &random),
                    discount: .random(in: 0...50, using: &random))
            }
            try desk.place(.sample(lines: lines, orderDiscount: 40, freight: .random(in: 0...999, using: &random)))
            for round in 0..<3 {
                let price = Int64.random(in: 50...20_000, using: &random)
                let line = Int.random(in: 1...lines.count, using: &random)
                _ = try desk.command(
                    change(
                        ["\(line)": price], freight: .random(in: 0...999, using: &random), commandID: "C-\(round)"))
                let placed = try #require(desk.order()).placed
                let goods = placed.lines.reduce(Int64(0)) { $0 + $1.unitPrice * $1.quantity - $1.discount }
                #expect(placed.total == goods - 40 + placed.freight, "order \(number)")
                #expect(placed.lines.reduce(0) { $0 + $1.paid } == placed.goodsTotal)
                #expect(placed.lines.reduce(0) { $0 + $1.freightShare } == placed.freight)
                #expect(placed.lines.reduce(0) { $0 + $1.orderDiscountShare } == 40)
            }
        }
    }
}
