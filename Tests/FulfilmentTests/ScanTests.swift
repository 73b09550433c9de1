import Contracts
import Pipeline
import Support
import Testing

@testable import Fulfilment

@Suite("Scans")
struct ScanTests {
    @Test func aScanOfAnUnknownNumberWaitsForItsShipment() throws {
        let label = try FulfilmentHarness()
        try label.confirm()
        let harness = try FulfilmentHarness()
        let scan = CarrierScan.sample(
            carrier: label.label().carrier, waybill: label.label().waybill, status: .delivered)
        harness.service.publish(scan, on: .carrierScans, key: "\(scan.carrier)/\(scan.waybill)")
        try harness.service.settle()
        #expect(harness.service.story.isEmpty)
        try harness.confirm()
        #expect(
            harness.service.story == [
                "ShipmentPlanned", "ShipmentLabelled", "ShipmentDispatched", "ShipmentTracked", "ShipmentDelivered",
            ])
    }

    @Test func whatACarrierHasSeenHasLeft() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.service.advance(by: .hours(1))
        try harness.scan(.pickedUp, afterHours: 0)
        #expect(harness.service.facts(ShipmentDispatched.self).map(\.dispatchedAt) == [.sample])
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.facts(ShipmentDispatched.self).count == 1)
    }

    @Test(arguments: [CarrierScan.Status.refused, .exception]) func troubleOnTheWayCallsAPerson(
        status: CarrierScan.Status
    ) throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.service.advance(by: .hours(2))
        try harness.scan(status, afterHours: 9)
        #expect(harness.service.facts(ShipmentExceptional.self).map(\.reason) == ["\(status.rawValue), code 50"])
        try harness.scan(.delivered, afterHours: 12)
        #expect(harness.service.story.last == "ShipmentDelivered")
    }

    @Test func troubleThatIsToldAfterTheDeliveryCallsNobody() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.service.advance(by: .hours(2))
        try harness.scan(.delivered, afterHours: 12)
        try harness.scan(.exception, afterHours: 9)
        #expect(harness.service.facts(ShipmentExceptional.self).isEmpty)
        #expect(harness.service.facts(ShipmentTracked.self).count == 2)
    }

    @Test func aParcelThatComesBackIsTold() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.service.advance(by: .hours(2))
        try harness.scan(.refused, afterHours: 9)
        try harness.scan(.returning, afterHours: 10)
        try harness.scan(.inTransit, afterHours: 11)
        try harness.scan(.returned, afterHours: 30)
        let returned = try #require(harness.service.facts(ShipmentReturned.self).first)
        #expect(returned.warehouse == "hangzhou")
        #expect(returned.returnedAt == .sample + .hours(30))
        #expect(harness.service.facts(ShipmentDelivered.self).isEmpty)
    }

    @Test func nobodyScansVirtualGoods() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm(delivery: .virtual)
        let scan = CarrierScan.sample(carrier: "none", waybill: OrderID.shipment(), status: .inTransit)
        harness.service.publish(scan, on: .carrierScans, key: "none/\(OrderID.shipment())")
        #expect(try harness.service.settle().faults.map(\.reason) == ["nobody carries virtual goods"])
    }
}
