import Contracts
import Support
import Testing

@testable import FulfilmentDomain

@Suite("Planning shipments")
struct PlanningTests {
    static func confirmed(_ quantity: Int64, line: String = "1") -> FulfilmentMessage {
        .orderConfirmed(.sample(lines: [.sample(line, quantity: quantity)]))
    }

    @Test func aHeavyAllocationIsSplit() throws {
        var domain = DomainState(.sample(quantities: [150], phase: .placed))
        let facts = try domain.take(Self.confirmed(150)).facts.compactMap { $0 as? ShipmentPlanned }
        #expect(facts.map(\.weightGrams) == [30_000, 7500])
        #expect(domain.order.shipments.map(\.number) == [1, 2])
    }

    @Test func noMoreIsPlannedThanWasOrdered() throws {
        var domain = DomainState(.sample(quantities: [2], phase: .placed))
        try domain.take(Self.confirmed(5))
        #expect(domain.order.planned == ["1": 2])
    }

    @Test func anAllocationOfAnotherLineIsAFault() {
        var domain = DomainState(.sample(quantities: [2], phase: .placed))
        #expect(throws: Fault("line 7 is none of order \(OrderID.sample)", field: "allocations")) {
            try domain.take(Self.confirmed(1, line: "7"))
        }
    }

    @Test(arguments: [Order.Phase.confirmed, .cancelled]) func anOrderIsPlannedOnce(phase: Order.Phase) throws {
        var domain = DomainState(.sample(phase: phase))
        #expect(try domain.take(Self.confirmed(1)).changesNothing)
    }

    @Test func numbersGoOnAfterACancelledShipment() throws {
        var domain = DomainState(
            .sample(quantities: [2], phase: .placed, shipments: [.sample(1, [2], state: .cancelled)]))
        try domain.take(Self.confirmed(2))
        #expect(domain.order.shipments.map(\.shipmentID) == ["\(OrderID.sample)-S1", "\(OrderID.sample)-S2"])
    }

    /// A number that another order has got is looked up and passed over.
    @Test func aNumberThatIsTakenIsPassedOver() throws {
        var order = Order.sample(quantities: [2], phase: .placed)
        order = Order(
            orderID: order.orderID, delivery: .express, region: Region(country: "SG"), weightGrams: 0,
            lines: order.lines)
        var domain = DomainState(order)
        let message = Self.confirmed(2)
        let shipmentID = "\(OrderID.sample)-S1"
        let first = try #require(SandboxWaybill.number(of: shipmentID, carrier: "ems"))
        let second = try #require(SandboxWaybill.number(of: shipmentID, carrier: "ems", attempt: 2))
        #expect(domain.keys(of: message).contains(.waybill("ems", first)))
        var other = Shipment.sample()
        other.label = Label(carrier: "ems", waybill: first)
        domain.know(
            Order(
                orderID: .sample("WX-2"), delivery: .express, region: nil, weightGrams: 0, lines: [],
                shipments: [other]))
        #expect(domain.keys(of: message).contains(.waybill("ems", second)))
        try domain.take(message)
        #expect(domain.order.shipments.map(\.label.waybill) == [second])
    }
}
