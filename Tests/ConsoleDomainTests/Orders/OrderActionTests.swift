import ConsoleDomain
import Testing

@Suite("What surely is refused of an order")
struct OrderActionTests {
    @Test(
        "each action in each state",
        arguments: [
            (OrderAction.hold, [OrderStage.pendingPayment, .paid, .partiallyShipped]),
            (.cancel, [.pendingPayment, .paid]), (.confirmReceipt, [.shipped, .delivered]),
            (.extendReceipt, [.shipped, .delivered]), (.changePrice, [.pendingPayment]),
            (.reassign, [.pendingPayment, .paid, .partiallyShipped, .shipped, .delivered]),
            (.note, OrderStage.allCases), (.flag, OrderStage.allCases),
        ])
    func states(action: OrderAction, allowed: [OrderStage]) {
        let possible = OrderStage.allCases.filter { OrderStanding(state: $0).refusal(of: action) == nil }
        #expect(possible == allowed)
    }

    @Test(
        "a hold is ended when a person may end one of its kinds",
        arguments: [
            ([], OrderRefusal.isNotHeld), (["operator"], nil), (["unmatched-sku"], .isLocked),
            (["exchange"], .isLocked),
            (["exchange", "amount"], nil), (["platform"], nil),
        ] as [([String], OrderRefusal?)])
    func release(holds: [String], expected: OrderRefusal?) {
        #expect(OrderStanding(state: .paid, holds: holds).refusal(of: .release) == expected)
    }

    @Test("nobody holds twice by hand, though for another reason it may be held")
    func holdTwice() {
        #expect(OrderStanding(state: .paid, holds: ["operator"]).refusal(of: .hold) == .isHeld)
        #expect(OrderStanding(state: .paid, holds: ["amount"]).refusal(of: .hold) == nil)
    }

    @Test("prices change while nothing is paid or confirmed, and where the money is ours")
    func prices() {
        #expect(OrderStanding(state: .pendingPayment, paid: 1).refusal(of: .changePrice) == .isPaid)
        #expect(OrderStanding(state: .pendingPayment, isConfirmed: true).refusal(of: .changePrice) == .isConfirmed)
        #expect(
            OrderStanding(state: .pendingPayment, platformHasMoney: true).refusal(of: .changePrice)
                == .platformHasMoney)
    }

    @Test("a platform's clocks are the platform's")
    func clocks() {
        for action in [OrderAction.confirmReceipt, .extendReceipt] {
            #expect(
                OrderStanding(state: .shipped, platformHasClocks: true).refusal(of: action) == .platformHasClocks)
        }
    }

    @Test("what is not known yet is left alone", arguments: OrderAction.allCases)
    func unknown(action: OrderAction) {
        #expect(OrderStanding(state: nil).refusal(of: action) == .unknown)
    }
}
