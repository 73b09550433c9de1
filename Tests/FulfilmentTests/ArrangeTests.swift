import Contracts
import Pipeline
import Support
import Testing

@testable import Fulfilment

@Suite("Dividing shipments and changing carriers")
struct ArrangeTests {
    private static func split(_ lines: [LinePieces], _ shipmentID: String = OrderID.shipment()) -> SplitShipment {
        SplitShipment(head: .sample("C-1"), orderID: .sample, shipmentID: shipmentID, lines: lines)
    }

    private static func reassign(
        _ carrier: String, _ shipmentID: String = OrderID.shipment(), id: String = "C-1"
    ) -> ReassignCarrier {
        ReassignCarrier(head: .sample(id), orderID: .sample, shipmentID: shipmentID, carrier: carrier)
    }

    @Test func aPartBecomesAShipmentOfItsOwn() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(
            Self.split([LinePieces(lineID: "1", quantity: 1), LinePieces(lineID: "2", quantity: 1)]))
        #expect(harness.answers.map(\.outcome) == [.accepted])
        let plans = harness.service.facts(ShipmentPlanned.self).suffix(2)
        #expect(plans.map(\.shipmentID) == [OrderID.shipment(1), OrderID.shipment(2)])
        #expect(plans.map { $0.lines.map(\.quantity) } == [[1], [1, 1]])
        let labels = harness.service.facts(ShipmentLabelled.self)
        #expect(labels.map(\.carrier) == [labels[0].carrier, labels[0].carrier])
        #expect(labels[0].waybill != labels[1].waybill)
        try harness.service.advance(by: .hours(2))
        let left = harness.service.facts(ShipmentDispatched.self).flatMap(\.lines)
        #expect(left.reduce(0) { $0 + $1.quantity } == 3)
    }

    @Test(arguments: [
        (split([]), "no pieces are named"),
        (split([LinePieces(lineID: "9", quantity: 1)]), "line 9 is not in shipment"),
        (split([LinePieces(lineID: "1", quantity: 3)]), "3 of line 1 is not within 1 to 2"),
        (split([LinePieces(lineID: "1", quantity: 0)]), "0 of line 1 is not within"),
        (
            split([LinePieces(lineID: "1", quantity: 2), LinePieces(lineID: "2", quantity: 1)]),
            "nothing would be left in shipment"
        ), (split([LinePieces(lineID: "1", quantity: 1)], "S9"), "the shipment is unknown"),
    ])
    func whatCannotBeDividedStaysWhole(command: SplitShipment, reason: String) throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(command)
        #expect(harness.answers.map(\.outcome) == [.refused])
        #expect(harness.answers.first?.reason?.hasPrefix(reason) == true)
        #expect(harness.service.facts(ShipmentPlanned.self).count == 1)
    }

    @Test func anotherCarrierGetsANumberOfItsOwnWithItsPromise() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(Self.reassign("sf"))
        #expect(harness.answers.map(\.outcome) == [.accepted])
        let label = try #require(harness.service.facts(ShipmentLabelled.self).last)
        #expect(label.carrier == "sf")
        #expect(label.waybill.hasPrefix("SF"))
        try harness.service.advance(by: .hours(2))
        let dispatched = try #require(harness.service.facts(ShipmentDispatched.self).first)
        #expect(dispatched.waybill == label.waybill)
        #expect(dispatched.promisedBy == BusinessCalendar.shanghai.end(ofDay: 1, after: .sample + .hours(2)))
        try harness.command(Self.reassign("yto", id: "C-2"))
        #expect(harness.answers.last?.reason == "shipment \(OrderID.shipment()) is dispatched")
    }

    @Test(arguments: [
        (reassign("kuayue"), "carrier kuayue needs a waybill"), (reassign("a/b"), "carrier is not"),
        (reassign("sf", "S9"), "shipment S9 is unknown"),
    ])
    func aCarrierWhoCannotIsRefused(command: ReassignCarrier, reason: String) throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(command)
        #expect(harness.answers.map(\.outcome) == [.refused])
        #expect(harness.answers.first?.reason?.hasPrefix(reason) == true)
        #expect(harness.service.facts(ShipmentLabelled.self).count == 1)
    }

    @Test func whatTheBuyerFetchesHasNoCarrierToChange() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm(delivery: .pickup)
        try harness.command(Self.reassign("sf"))
        #expect(harness.answers.first?.reason == "nobody carries the shipment")
    }
}
