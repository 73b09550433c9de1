import Contracts
import Support
import Testing

@testable import InventoryDomain

@Suite("Orders that wait for goods")
struct BackorderTests {
    private func ledger(onHand: Int64) -> Ledger {
        var ledger = Ledger()
        ledger.handle(.warehouse(.sample()))
        ledger.handle(.item(.sample(backorder: true)))
        ledger.handle(.item(.sample(sku: "FIRM")))
        if onHand > 0 { ledger.handle(.stockMoved(.sample(movementID: "first", quantity: onHand))) }
        return ledger
    }

    private func place(_ id: String, _ lines: [PlacedLine], in ledger: inout Ledger) {
        ledger.handle(.orderPlaced(.sample(externalOrderID: id, lines: lines)))
    }

    private func receive(_ quantity: Int64, _ id: String, in ledger: inout Ledger) throws {
        ledger.handle(.stockMoved(.sample(movementID: id, quantity: quantity)))
        try ledger.fireTimers()
    }

    private func reserved(_ ledger: Ledger) -> [OrderID] {
        ledger.facts.compactMap { ($0 as? StockReserved)?.orderID }
    }

    @Test func whatIsThereIsSetAsideAndTheRestIsFilledInOneReservation() throws {
        var ledger = ledger(onHand: 2)
        place("A", [.sample(quantity: 5)], in: &ledger)
        let backordered = try #require(ledger.facts.lazy.compactMap { $0 as? StockBackordered }.first)
        #expect(backordered.allocations.map(\.lines) == [[.sample(quantity: 2)]])
        #expect(backordered.missing == [.sample(quantity: 3)])
        try receive(1, "second", in: &ledger)
        #expect(reserved(ledger) == [])
        try receive(2, "third", in: &ledger)
        #expect(reserved(ledger) == [.sample("A")])
        let filled = try #require(ledger.facts.lazy.compactMap { $0 as? StockReserved }.first)
        #expect(filled.allocations.map(\.lines) == [[.sample(quantity: 5)]])
        #expect(ledger.state.stock("SKU-1")?.level("hangzhou") == StockLevel(onHand: 5, reserved: 5))
    }

    @Test func firstComeIsFirstServedAndNobodyPassesTheQueue() throws {
        var ledger = ledger(onHand: 0)
        place("A", [.sample(quantity: 2)], in: &ledger)
        place("B", [.sample(quantity: 1)], in: &ledger)
        ledger.handle(.stockMoved(.sample(movementID: "second", quantity: 3)))
        // Not filled yet, but no longer for sale.
        place("C", [.sample(quantity: 1)], in: &ledger)
        try ledger.fireTimers()
        #expect(Set(reserved(ledger)) == [.sample("A"), .sample("B")])
        try receive(1, "third", in: &ledger)
        #expect(reserved(ledger).last == .sample("C"))
    }

    @Test func laterOrderGetsNothingThatAnEarlierOneNeeds() throws {
        var ledger = ledger(onHand: 0)
        place("A", [.sample(quantity: 3)], in: &ledger)
        place("B", [.sample(quantity: 1)], in: &ledger)
        try receive(2, "second", in: &ledger)
        #expect(reserved(ledger) == [])
        #expect(ledger.state.reservation(.sample("A"))?.openHoldings.map(\.quantity) == [2])
        #expect(ledger.state.reservation(.sample("B"))?.openHoldings == [])
    }

    @Test func orderIsRejectedWhenOneShortItemMayNotBeWaitedFor() {
        var ledger = ledger(onHand: 0)
        place("A", [.sample("1"), .sample("2", sku: "FIRM")], in: &ledger)
        #expect(ledger.facts.contains { $0 is StockRejected })
        #expect(ledger.state.stock("SKU-1")?.backorders ?? [] == [])
    }

    @Test func cancelledOrderLeavesTheQueueToTheNext() throws {
        var ledger = ledger(onHand: 1)
        place("A", [.sample(quantity: 2)], in: &ledger)
        place("B", [.sample(quantity: 1)], in: &ledger)
        ledger.handle(
            .orderCancelled(OrderCancelled(orderID: .sample("A"), reason: .buyer, cancelledAt: .sample, refundDue: 0)))
        try ledger.fireTimers()
        #expect(reserved(ledger) == [.sample("B")])
        #expect(ledger.facts.compactMap { ($0 as? StockReleased)?.lines } == [[.sample(quantity: 1)]])
    }

    @Test func refundOfTheMissingPiecesCompletesTheRest() throws {
        var ledger = ledger(onHand: 1)
        place("A", [.sample(quantity: 3)], in: &ledger)
        ledger.handle(
            .linesResumed(
                LinesResumed(
                    orderID: .sample("A"), requestID: "\(OrderID.sample("A"))-A1", lines: [],
                    withdrawn: [.init(lineID: "1", quantity: 2)])))
        #expect(reserved(ledger) == [.sample("A")])
        #expect(ledger.state.reservation(.sample("A"))?.standing == .reserved)
        #expect(!ledger.facts.contains { $0 is StockReleased })
    }
}
