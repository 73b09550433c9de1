import Contracts
import Testing

@testable import FulfilmentDomain

@Suite("Pieces that may leave")
struct PiecesTests {
    @Test func whatHasLeftIsNotOpen() {
        let order = Order.sample(shipments: [
            .sample(1, [1, 0], state: .delivered), .sample(2, [1, 2]), .sample(3, [1, 0], state: .cancelled),
        ])
        #expect(order.left == ["1": 1])
        #expect(order.open == ["1": 2, "2": 2])
        #expect(order.planned == ["1": 1, "2": 2])
    }

    @Test func aCancelledOrderHasNothingOpen() {
        #expect(Order.sample(phase: .cancelled).open.isEmpty)
    }

    @Test func aWholeStopLeavesNothingFree() {
        for kind in [Stop.Kind.hold, .cancel] {
            let order = Order.sample(shipments: [.sample()], stops: [Stop(asker: "x", kind: kind)])
            #expect(order.free == ["1": 0, "2": 0])
            #expect(order.dispatchable.isEmpty)
        }
    }

    /// Which of the shipments 1 and 2 may leave while pieces of line 1 are stopped; each has one, one is unplanned.
    @Test(arguments: [(0, [1, 2]), (1, [1, 2]), (2, [1]), (3, []), (9, [])] as [(Int64, [Int64])])
    func stopsFallOnUnplannedPiecesFirstThenOnTheLastShipment(quantity: Int64, leaving: [Int64]) {
        let order = Order.sample(
            shipments: [.sample(1, [1, 0]), .sample(2, [1, 0])], stops: quantity == 0 ? [] : [.sample(1, [quantity])])
        #expect(order.dispatchable.map(\.number) == leaving)
    }

    @Test func stopsAddUp() {
        let order = Order.sample(
            shipments: [.sample(1, [2, 2]), .sample(2, [1, 0])], stops: [.sample(1, [1, 0]), .sample(2, [1, 0])])
        #expect(order.stopped == ["1": 2])
        #expect(order.dispatchable.isEmpty)
    }

    @Test func withdrawnPiecesLeaveTheLastShipmentFirst() {
        let order = Order.sample(shipments: [.sample(1, [2, 2]), .sample(2, [1, 0])])
            .applying(.withdrawn([LinePieces(lineID: "1", quantity: 2)]))
        #expect(order.shipments[0].lines.map(\.quantity) == [1, 2])
        #expect(order.shipments[1].state == .cancelled)
        #expect(order.shipments[1].lines.map(\.quantity) == [1])
        #expect(order.open == ["1": 1, "2": 2])
    }

    @Test func noMoreIsWithdrawnThanIsOpen() {
        let order = Order.sample(shipments: [.sample(1, [2, 2], state: .dispatched), .sample(2, [1, 0])])
            .applying(.withdrawn([LinePieces(lineID: "1", quantity: 3)]))
        #expect(order.lines[0].withdrawn == 1)
        #expect(order.open == ["1": 0, "2": 0])
        #expect(order.shipments[0].lines.map(\.quantity) == [2, 2])
    }

    @Test func aCancellationEndsTheStopsOfThoseWhoAskedForIt() {
        let order = Order.sample(
            shipments: [.sample(1, [1, 0], state: .dispatched), .sample(2, [1, 0])],
            stops: [Stop(asker: "CR-1", kind: .cancel), Stop(asker: "hold", kind: .hold)]
        ).applying(.cancelled)
        #expect(order.stops.map(\.asker) == ["hold"])
        #expect(order.shipments.map(\.state) == [.dispatched, .cancelled])
    }
}
