import ConsoleDomain
import Contracts
import Testing

@Suite("Lists of orders")
struct OrderListRulesTests {
    @Test("a filter in an address names what is asked and nothing else")
    func items() {
        #expect(OrderFilter().items.isEmpty)
        var filter = OrderFilter()
        filter.tab = .toShip
        filter.refund = OrderFilter().refund
        filter.stock = .backordered
        filter.minimum = 1205
        filter.maximum = 3000
        filter.sort = .amount
        #expect(
            filter.items.map { "\($0.name)=\($0.value)" } == [
                "view=to-ship", "stock=backordered", "min=12.05", "max=30", "sort=amount",
            ])
    }

    @Test("a view and a sort alone narrow nothing")
    func narrowed() {
        var filter = OrderFilter()
        filter.tab = .held
        filter.sort = .oldest
        #expect(!filter.isNarrowed)
        filter.search = "x"
        #expect(filter.isNarrowed)
    }

    @Test(
        "amounts as people write them",
        arguments: [(0, "0"), (5, "0.05"), (50, "0.50"), (100, "1"), (123_456, "1234.56")])
    func amounts(amount: Int64, text: String) { #expect(OrderFilter.amount(amount) == text) }

    @Test("a cursor comes back as it was")
    func cursor() {
        let cursor = OrderCursor(value: 1_763_812_800_000, orderID: "0ABC", isBackwards: true)
        #expect(OrderCursor(cursor.text, isBackwards: true) == cursor)
    }

    @Test(
        "what is no cursor is none",
        arguments: ["", ".", "1", "1.", "x.0ABC", "-1.0ABC", "99999999999999999.A", "1.a b", "1.\u{E9}"])
    func noCursor(text: String) { #expect(OrderCursor(text, isBackwards: false) == nil) }
}

@Suite("How far an order has come")
struct OrderStepsTests {
    private let times: [OrderStage: Instant] = [
        .pendingPayment: Instant(milliseconds: 1), .paid: Instant(milliseconds: 2), .shipped: Instant(milliseconds: 3),
    ]

    @Test("the state is where it stands: before it is done, behind it ahead")
    func shipped() {
        let steps = OrderSteps(state: .shipped, times: times).steps
        #expect(steps.map(\.progress) == [.done, .done, .current, .ahead, .ahead])
        #expect(steps.map { $0.at?.milliseconds } == [1, 2, 3, nil, nil])
    }

    @Test("part of it has left")
    func partly() {
        let steps = OrderSteps(state: .partiallyShipped, times: times).steps
        #expect(steps.map(\.stage) == [.pendingPayment, .paid, .partiallyShipped, .delivered, .completed])
        #expect(steps[2].progress == .current)
    }

    @Test("a cancelled order ends where it had come to")
    func cancelled() {
        let steps = OrderSteps(
            state: .cancelled, times: [.pendingPayment: Instant(milliseconds: 1), .cancelled: Instant(milliseconds: 9)]
        ).steps
        #expect(steps.map(\.stage) == [.pendingPayment, .cancelled])
        #expect(steps.map(\.progress) == [.done, .current])
    }
}

@Suite("The money of an order")
struct OrderMoneyTests {
    private func money(_ lines: [OrderMoney.Line], freight: Int64 = 800, tax: Int64 = 0, total: Int64) -> OrderMoney {
        OrderMoney(
            lines: lines, goodsTotal: lines.reduce(0) { $0 + $1.paid }, freight: freight, tax: tax, fees: 0,
            total: total)
    }

    /// Two of 129.00 less 10.00 for the line and 5.00 for the order.
    private let line = OrderMoney.Line(quantity: 2, unitPrice: 12_900, discount: 1000, paid: 24_300)

    @Test("a line's share of the order's discount is what is left to explain")
    func discount() { #expect([line.list, line.orderDiscount] == [25_800, 500]) }

    @Test("sums agree with the tax on top or within, and nothing else")
    func sums() {
        #expect(money([line], total: 25_100).addsUp)
        #expect(money([line], tax: 100, total: 25_200).addsUp)
        let within = money([line], tax: 100, total: 25_100)
        #expect(within.isTaxIncluded && within.addsUp)
        #expect(!money([line], total: 25_101).addsUp)
    }

    @Test("other prices leave discounts and everything else as it was")
    func prices() {
        let order = money([line], tax: 100, total: 25_200)
        #expect(order.total(prices: [12_900], freight: 800) == 25_200)
        #expect(order.total(prices: [10_000], freight: 0) == 18_600)
        #expect(order.total(prices: [500], freight: 0) == nil)
        #expect(order.total(prices: [499], freight: 0) == nil)
        #expect(order.total(prices: [1_000_000_000_000], freight: 0) == nil)
    }
}

@Suite("JSON for people")
struct JSONIndentTests {
    @Test("a line for each member, and texts untouched")
    func members() {
        let text = #"{"a":[1,{"b":"x, {\"y\"} : z"}],"c":"d\\"}"#
        #expect(
            JSONIndent.text(text) == """
                {
                  "a": [
                    1,
                    {
                      "b": "x, {\\"y\\"} : z"
                    }
                  ],
                  "c": "d\\\\"
                }
                """)
    }
}
