import Contracts
import Support
import Testing

@testable import FulfilmentDomain

@Suite("A stop against a dispatch")
struct RaceTests {
    static let request = FulfilmentMessage.cancelRequested(
        OrderCancelRequested(orderID: .sample, requestID: "CR-1", reason: "changed my mind"))
    static let due = FulfilmentMessage.dispatchDue(.sample)

    @Test func theFirstOfThemWins() throws {
        for stopsFirst in [true, false] {
            var domain = DomainState(.sample(shipments: [.sample()]))
            var facts: [any Fact] = []
            for message in stopsFirst ? [Self.request, Self.due] : [Self.due, Self.request] {
                facts += try domain.take(message).facts
            }
            let answer = try #require(facts.compactMap { $0 as? LinesStopped }.first)
            #expect(answer.stopped.isEmpty != stopsFirst)
            #expect(answer.dispatched.isEmpty == stopsFirst)
            #expect(facts.contains { $0 is ShipmentDispatched } != stopsFirst)
            #expect(domain.order.shipments[0].state == (stopsFirst ? .labelled : .dispatched))
        }
    }

    /// Every order in which a stop, its end, the timer and a scan can come: pieces are never counted twice or lost.
    @Test func noPieceIsLostInAnyOrder() throws {
        let messages: [FulfilmentMessage] = [
            Self.request, Self.due, .tracked([TrackingReport(.sample(waybill: "SF1001", status: .pickedUp))]),
            .caseOpened(.sample(lines: [CaseLine(lineID: "1", sku: "SKU-1", quantity: 1)])),
            .caseRefunded(.sample()),
        ]
        for arrival in permutations(of: messages) {
            var domain = DomainState(.sample(shipments: [.sample(1, [2, 0]), .sample(2, [1, 2])]))
            for message in arrival { try domain.take(message) }
            let order = domain.order
            for line in order.lines {
                let open = order.open[line.lineID] ?? 0
                let left = order.left[line.lineID] ?? 0
                #expect(line.withdrawn + left + open == line.quantity)
                #expect((order.planned[line.lineID] ?? 0) <= open)
            }
        }
    }
}
