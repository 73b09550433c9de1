import IntakeDomain
import Testing

@Suite("What may happen to an order")
struct OrderTransitionTests {
    /// Every state with every event: `>` moves to a state, `=` may happen and moves nowhere, `-` is ignored, else the
    /// reason of the refusal.
    static let table: [OrderState: [OrderEvent: String]] = [
        .pendingPayment: [
            .paid: ">paid", .timedOut: ">cancelled", .cancelled: ">cancelled", .reinstated: "is not cancelled",
            .held: "=", .released: "=", .confirmed: "=", .stockReserved: "=", .stockBackordered: "=",
            .stockRejected: ">cancelled", .partlyShipped: ">partially-shipped", .shipped: ">shipped",
            .delivered: "has not left", .completed: "has not left",
            .repriced: "=", .readdressed: "=", .matched: "=",
            .prolonged: "has not left", .reattributed: "=",
        ],
        .paid: [
            .paid: "-", .timedOut: "-", .cancelled: ">cancelled", .reinstated: "is not cancelled",
            .held: "=", .released: "=", .confirmed: "=", .stockReserved: "=", .stockBackordered: "=",
            .stockRejected: ">cancelled", .partlyShipped: ">partially-shipped", .shipped: ">shipped",
            .delivered: "has not left", .completed: "has not left",
            .repriced: "is paid", .readdressed: "=", .matched: "=",
            .prolonged: "has not left", .reattributed: "=",
        ],
        .partiallyShipped: [
            .paid: "=", .timedOut: "-", .cancelled: "has left in part", .reinstated: "is not cancelled",
            .held: "=", .released: "=", .confirmed: "=", .stockReserved: "=", .stockBackordered: "-",
            .stockRejected: "-", .partlyShipped: "=", .shipped: ">shipped",
            .delivered: "has left only in part", .completed: "has left only in part",
            .repriced: "has left in part", .readdressed: "has left in part", .matched: "has left in part",
            .prolonged: "has left only in part", .reattributed: "=",
        ],
        .shipped: [
            .paid: "=", .timedOut: "-", .cancelled: "has left already", .reinstated: "is not cancelled",
            .held: "has left already", .released: "=", .confirmed: "=", .stockReserved: "=", .stockBackordered: "-",
            .stockRejected: "-", .partlyShipped: "-", .shipped: "-", .delivered: ">delivered",
            .completed: ">completed",
            .repriced: "has left already", .readdressed: "has left already", .matched: "has left already",
            .prolonged: "=", .reattributed: "=",
        ],
        .delivered: [
            .paid: "=", .timedOut: "-", .cancelled: "has left already", .reinstated: "is not cancelled",
            .held: "has left already", .released: "=", .confirmed: "=", .stockReserved: "=", .stockBackordered: "-",
            .stockRejected: "-", .partlyShipped: "-", .shipped: "-", .delivered: "-", .completed: ">completed",
            .repriced: "has left already", .readdressed: "has left already", .matched: "has left already",
            .prolonged: "=", .reattributed: "=",
        ],
        .completed: [
            .paid: "=", .timedOut: "-", .cancelled: "is completed", .reinstated: "is not cancelled",
            .held: "is completed", .released: "is completed", .confirmed: "-", .stockReserved: "-",
            .stockBackordered: "-", .stockRejected: "-", .partlyShipped: "-", .shipped: "-", .delivered: "-",
            .completed: "-",
            .repriced: "is completed", .readdressed: "is completed", .matched: "is completed",
            .prolonged: "is completed", .reattributed: "is completed",
        ],
        .cancelled: [
            .paid: "is cancelled", .timedOut: "-", .cancelled: "-", .reinstated: ">paid", .held: "is cancelled",
            .released: "is cancelled", .confirmed: "is cancelled", .stockReserved: "-", .stockBackordered: "-",
            .stockRejected: "-", .partlyShipped: "-", .shipped: "-", .delivered: "-", .completed: "is cancelled",
            .repriced: "is cancelled", .readdressed: "is cancelled", .matched: "is cancelled",
            .prolonged: "is cancelled", .reattributed: "is cancelled",
        ],
    ]

    @Test(arguments: OrderState.allCases, OrderEvent.allCases)
    func everyEventInEveryStateIsDecided(state: OrderState, event: OrderEvent) {
        let outcome =
            switch state.after(event) {
            case .legal(let next): next == state ? "=" : ">\(next.rawValue)"
            case .ignored: "-"
            case .refused(let reason): reason
            }
        #expect(outcome == Self.table[state]?[event])
    }

    @Test func onlyReinstatementLeavesTheCancelledState() {
        let ways = OrderEvent.allCases.filter {
            if case .legal = OrderState.cancelled.after($0) { true } else { false }
        }
        #expect(ways == [.reinstated])
    }
}
