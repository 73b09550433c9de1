import Contracts
import IntakeDomain
import Kafka
import Pipeline
import Support
import Testing

@testable import Intake

/// One order's messages, each topic's in its own order.
private let queues: [[ManyOrders.Step]] = [
    [
        ManyOrders.Step(
            ChannelOrder.sample(lines: [.sample("1"), .sample("2", quantity: 2)]), on: .channelOrders,
            key: "wechat-mini/WX-1001")
    ],
    [(4000, "P-1"), (26_000, "P-2"), (50, "P-3")].map { amount, id in
        ManyOrders.Step(
            ChannelPayment.sample(paymentID: id, amount: amount), on: .channelPayments, key: "wechat-mini/WX-1001")
    },
    [ManyOrders.Step(StockReserved.sample(lines: [.sample("1"), .sample("2", quantity: 2)]))],
    [
        ManyOrders.Step(ShipmentDispatched.sample(lines: [.sample("1")])),
        ManyOrders.Step(ShipmentDelivered.sample(lines: [.sample("1")], deliveredAt: .sample + .hours(5))),
        ManyOrders.Step(ShipmentDispatched.sample(shipment: 2, lines: [.sample("2", quantity: 2)])),
        ManyOrders.Step(ShipmentDelivered.sample(shipment: 2, deliveredAt: .sample + .hours(9))),
    ],
    [
        ManyOrders.Step(CaseOpened.sample()),
        ManyOrders.Step(
            CaseClosed(orderID: .sample, caseID: "\(OrderID.sample)-A1", outcome: .rejected, closedAt: .sample)),
    ],
]

@Suite("Messages in any order and number")
struct ArrivalOrderTests {
    /// What there is at the end: the order, what was told without its number, the timers.
    private struct Ending: Equatable {
        let order: Order?
        let told: [String]
        let timers: [DueTimer]
    }

    @Test(arguments: 1...100 as ClosedRange<UInt64>)
    func anyInterleavingEndsEqual(seed: UInt64) throws {
        var random = SeededRandom(state: seed)
        var left = queues
        var order: [ManyOrders.Step] = []
        while let index = left.indices.filter({ !left[$0].isEmpty }).randomElement(using: &random) {
            order.append(left[index].removeFirst())
        }
        #expect(try play(order) == play(queues.flatMap { $0 }))
    }

    @Test func tenDeliveriesOfEachMessageEndAsOne() throws {
        let order = queues.flatMap { $0 }
        #expect(try play(order, times: 10) == play(order))
    }

    @Test func eachMessagePublishedTenTimesAnewEndsAsOne() throws {
        let order = queues.flatMap { $0 }
        #expect(try play(order, times: 10, newIDs: true) == play(order))
    }

    private func play(_ steps: [ManyOrders.Step], times: Int = 1, newIDs: Bool = false) throws -> Ending {
        let handler = IntakeHandler.sample
        let place = MemoryPlace(handler)
        let rig = ServiceRig(handler, place)
        rig.publish(CatalogChannel.sample(), on: .catalogChannels, key: "wechat-mini", id: "channel")
        rig.publish(CatalogItem.sample(), on: .catalogItems, key: "SKU-1", id: "item")
        for (number, step) in steps.enumerated() {
            for time in 0..<times {
                let id = newIDs ? "\(number)/\(time)" : "\(number)"
                rig.publish(step.value, type: step.type, on: step.topic, key: step.key, id: id)
            }
            try rig.settle()
        }
        #expect(place.deadLetters().isEmpty)
        #expect(place.waiting().isEmpty)
        var order: Order?
        if case .order(let value) = place.database.aggregates[.order(.sample)] { order = value }
        let told = rig.published(on: .intakeOrders).map { record in
            String(decoding: record.value ?? [], as: UTF8.self).replacing(#/"version":\d+,/#, with: "")
        }
        return Ending(order: order, told: told.sorted(), timers: place.database.timers)
    }
}

/// SplitMix64: the same numbers in every run.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
