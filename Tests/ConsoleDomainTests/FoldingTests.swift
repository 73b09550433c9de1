import Contracts
import Support
import Testing

@testable import ConsoleDomain

@Suite("Rows of one key are folded")
struct FoldingTests {
    /// The rows that facts become, all folded.
    private func folded(_ facts: [any Fact]) throws -> State<ReadRow> {
        var state = State<ReadRow>()
        for (offset, fact) in facts.enumerated() {
            let inbound = try Inbound(
                topic: fact.topic, partition: 0, offset: Int64(offset), recordedAt: .sample, key: Array(fact.key.utf8),
                value: fact.jsonBytes
            ) { name in name == "ce_type" ? Array(type(of: fact).type.utf8) : nil }
            for row in try readInbound(inbound, calendar: .shanghai) { evolve(&state, by: row) }
        }
        return state
    }

    private func order(_ facts: any Fact...) throws -> OrderPatch {
        let state = try folded(facts)
        guard case .order(let patch) = state[Key(.order, OrderID.sample.text)] else { throw Fault("no order") }
        return patch
    }

    @Test("what the last fact says counts, sums add up")
    func lastCounts() throws {
        let patch = try order(
            OrderPlaced.sample(),
            OrderPaid(orderID: .sample, paymentID: "A", amount: 4000, paidAt: .sample, version: 2),
            OrderPaid(orderID: .sample, paymentID: "B", amount: 6000, paidAt: .sample + .minutes(1), version: 3))
        #expect(patch.state == .paid)
        #expect(patch.paid == 10_000)
        #expect(patch.paidAt == .sample + .minutes(1))
    }

    @Test("an order that is reinstated is not cancelled any more")
    func reinstated() throws {
        let patch = try order(
            OrderPlaced.sample(),
            OrderCancelled(
                orderID: .sample, reason: .paymentTimeout, cancelledAt: .sample, refundDue: 0, version: 2),
            OrderReinstated(
                orderID: .sample, reservation: 2, paymentID: "P", amount: 10_000, reinstatedAt: .sample, version: 3))
        #expect(patch.state == .paid)
        #expect(patch.cancelledAt == .init(nil))
    }

    @Test("a hold that came after a release stays, one from before does not")
    func holds() throws {
        let patch = try order(
            OrderHeld(orderID: .sample, reason: "a", heldAt: .sample, version: 2),
            OrderReleased(orderID: .sample, reason: "a", remaining: [], releasedAt: .sample, version: 3),
            OrderHeld(orderID: .sample, hold: .amount, reason: "b", heldAt: .sample, version: 4))
        #expect(patch.holds == [])
        #expect(patch.holdsAdded == ["amount"])
    }

    @Test("the business day is that of Shanghai, not of UTC")
    func day() throws {
        // 17:00 UTC is 01:00 of the next day there.
        let late = try #require(Instant(rfc3339: "2026-11-22T17:00:00.000Z"))
        let state = try folded([OrderPlaced.sample(placedAt: late)])
        let key = try #require(state.changed.first { $0.kind == .order })
        guard case .order(let patch) = state[key] else { throw Fault("no order") }
        #expect(patch.day == CivilDay(year: 2026, month: 11, day: 23))
    }

    @Test("what no page shows is in the timeline alone")
    func unknownTypes() throws {
        let inbound = try Inbound(
            topic: .notaryCheckpoints, partition: 0, offset: 0, recordedAt: .sample, key: Array("origin".utf8),
            value: Array("{}".utf8)
        ) { name in name == "ce_type" ? Array("tributary.notary.checkpoints.CheckpointSigned.v1".utf8) : nil }
        #expect(try readInbound(inbound, calendar: .shanghai).map(\.key.kind) == [.fact])
    }

    @Test("a fact that cannot be read names its field")
    func faults() throws {
        let inbound = try Inbound(
            topic: .intakeOrders, partition: 0, offset: 0, recordedAt: .sample, key: Array("O".utf8),
            value: Array(#"{"orderId":"nonsense","version":1}"#.utf8)
        ) { name in name == "ce_type" ? Array(OrderPaid.type.utf8) : nil }
        let fault = #expect(throws: Fault.self) { try readInbound(inbound, calendar: .shanghai) }
        #expect(fault?.field == "orderId")
    }
}
