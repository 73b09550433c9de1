import Contracts
import Pipeline
import Support
import Testing

@testable import Fulfilment

@Suite("Commands to fulfilment")
struct CommandTests {
    static func dispatch(
        _ shipmentID: String = OrderID.shipment(), carrier: String? = nil, waybill: String? = nil, id: String = "C-1"
    ) -> DispatchShipment {
        DispatchShipment(
            head: .sample(id), orderID: .sample, shipmentID: shipmentID, carrier: carrier, waybill: waybill)
    }

    @Test func dispatchSendsAShipmentAtOnce() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(Self.dispatch())
        #expect(harness.answers.map(\.outcome) == [.accepted])
        #expect(harness.service.database.outbox.last?.topic == "fulfilment.command-results.v1")
        #expect(harness.service.facts(ShipmentDispatched.self).map(\.dispatchedAt) == [.sample])
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.facts(ShipmentDispatched.self).count == 1)
    }

    @Test func dispatchTakesACarriersOwnNumber() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(Self.dispatch(carrier: "ems", waybill: "EE123456785CN"))
        #expect(harness.service.facts(ShipmentLabelled.self).last?.waybill == "EE123456785CN")
        #expect(harness.service.facts(ShipmentDispatched.self).first?.carrier == "ems")
        try harness.scan(.delivered, afterHours: 9, shipment: 2)
        #expect(harness.service.facts(ShipmentDelivered.self).first?.waybill == "EE123456785CN")
    }

    @Test(arguments: [
        (dispatch("S9"), "shipment S9 is unknown"),
        (dispatch(carrier: "ems", waybill: "EE123456789CN"), "right check digit"),
        (dispatch(carrier: "kuayue"), "needs a waybill"),
        (dispatch(carrier: "a/b", waybill: "1"), "carrier is not"),
        (dispatch(waybill: ""), "waybill is empty"),
    ])
    func aDispatchThatCannotBeIsRefused(command: DispatchShipment, reason: String) throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(command)
        #expect(harness.answers.map(\.outcome) == [.refused])
        #expect(harness.answers.first?.reason?.contains(reason) == true)
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
    }

    @Test func aNumberBelongsToOneShipment() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(Self.dispatch(carrier: "sf", waybill: "SF0000000000001"))
        #expect(harness.service.facts(ShipmentDispatched.self).first?.promisedBy != nil, "sf promises for this way")
        let other = OrderID.sample("WX-2")
        try harness.tell(OrderPlaced.sample(externalOrderID: "WX-2"))
        try harness.tell(OrderConfirmed.sample(orderID: other))
        try harness.command(
            DispatchShipment(
                head: .sample("C-2"), orderID: other, shipmentID: "\(other)-S1", carrier: "sf",
                waybill: "SF0000000000001"))
        #expect(harness.answers.map(\.outcome) == [.accepted, .refused])
        #expect(harness.answers.last?.reason?.contains("belongs to another shipment") == true)
    }

    @Test func aStoppedShipmentIsNotDispatched() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.tell(StoppingTests.request)
        try harness.command(Self.dispatch())
        #expect(harness.answers.first?.reason == "shipment \(OrderID.shipment()) is stopped by CR-1")
    }

    @Test func aShipmentCannotBeTakenBackOnceItHasLeft() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(Self.dispatch())
        try harness.command(
            CancelShipment(head: .sample("C-2"), orderID: .sample, shipmentID: OrderID.shipment()))
        #expect(harness.answers.map(\.outcome) == [.accepted, .refused])
    }

    @Test func piecesOfACancelledShipmentCanBePlannedAgain() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(
            CancelShipment(head: .sample(), orderID: .sample, shipmentID: OrderID.shipment()))
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
        try harness.command(ReplanOrder(head: .sample("C-2"), orderID: .sample))
        try harness.command(ReplanOrder(head: .sample("C-3"), orderID: .sample))
        #expect(harness.answers.map(\.outcome) == [.accepted, .accepted, .refused])
        try harness.service.advance(by: .hours(2))
        #expect(harness.service.facts(ShipmentDispatched.self).map(\.shipmentID) == [OrderID.shipment(2)])
        #expect(harness.service.facts(ShipmentDispatched.self).first?.lines.count == 2)
    }

    @Test func aCancelledShipmentThatACarrierHasCallsAPerson() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(CancelShipment(head: .sample(), orderID: .sample, shipmentID: OrderID.shipment()))
        try harness.scan(.pickedUp, afterHours: 1)
        try harness.scan(.inTransit, afterHours: 2)
        #expect(harness.service.facts(ShipmentExceptional.self).count == 1)
        #expect(harness.service.facts(ShipmentTracked.self).count == 2)
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
    }

    @Test func aCommandAboutAnUnknownOrderIsAnswered() throws {
        let harness = try FulfilmentHarness()
        try harness.command(Self.dispatch())
        #expect(harness.answers.first?.reason == "order \(OrderID.sample) is unknown")
    }
}
