import Contracts
import Support
import Testing

@testable import FulfilmentDomain

@Suite("Tracking a parcel")
struct TrackingTests {
    /// Scans one hour apart.
    static func scans(_ statuses: [TrackingStatus]) -> [Scan] {
        statuses.enumerated().map { Scan(status: $1, occurredAt: .sample + .hours(Int64($0))) }
    }

    @Test(
        arguments: [
            ([], .dispatched), ([.pickedUp], .inTransit), ([.pickedUp, .inTransit, .atPickupPoint], .inTransit),
            ([.inTransit, .exception], .exception), ([.exception, .inTransit], .inTransit), ([.refused], .exception),
            ([.refused, .delivered], .delivered), ([.delivered, .inTransit], .delivered),
            ([.delivered, .exception], .delivered), ([.delivered, .refused], .delivered),
            ([.delivered, .returning], .returning), ([.returning, .inTransit], .returning),
            ([.returning, .exception], .returning), ([.returning, .delivered], .delivered),
            ([.returning, .returned], .returned), ([.returned, .delivered], .returned),
            ([.returned, .inTransit], .returned),
        ] as [([TrackingStatus], ShipmentState)])
    func theScansGiveTheState(statuses: [TrackingStatus], state: ShipmentState) {
        #expect(Tracking(Self.scans(statuses)).state == state)
    }

    @Test(
        arguments: [
            [.pickedUp, .inTransit, .outForDelivery, .delivered],
            [.pickedUp, .exception, .inTransit, .outForDelivery, .delivered],
            [.pickedUp, .outForDelivery, .refused, .returning, .returned],
            [.pickedUp, .delivered, .returning, .inTransit, .returned],
            [.delivered, .delivered, .exception, .returning, .delivered],
        ] as [[TrackingStatus]])
    func theOrderOfArrivalDoesNotMatter(statuses: [TrackingStatus]) {
        let scans = Self.scans(statuses)
        var inOrder = Shipment.sample(state: .dispatched)
        for scan in scans { inOrder.take(scan) }
        for arrival in permutations(of: scans) {
            var shuffled = Shipment.sample(state: .dispatched)
            for scan in arrival { shuffled.take(scan) }
            #expect(shuffled == inOrder)
        }
    }

    @Test func scansOfTheSameMomentStandInTheUsualOrder() {
        let scans = TrackingStatus.allCases.map { Scan(status: $0, occurredAt: .sample) }
        for arrival in permutations(of: Array(scans.suffix(5))) {
            var shipment = Shipment.sample(state: .dispatched)
            for scan in arrival { shipment.take(scan) }
            #expect(shipment.latestStatus == .returned)
            #expect(shipment.state == .returned)
        }
    }

    @Test func theFirstDeliveryIsTheMomentOfDelivery() {
        var shipment = Shipment.sample(state: .dispatched)
        shipment.take(Scan(status: .delivered, occurredAt: .sample + .hours(5)))
        shipment.take(Scan(status: .delivered, occurredAt: .sample + .hours(3)))
        #expect(shipment.deliveredAt == .sample + .hours(3))
    }

    @Test func aCancelledShipmentStaysCancelled() {
        var shipment = Shipment.sample(state: .cancelled)
        shipment.take(Scan(status: .delivered, occurredAt: .sample))
        #expect(shipment.state == .cancelled)
        #expect(shipment.latestStatus == .delivered)
    }

    @Test func allArrivalsOfAParcelsScansEndInTheSameOrder() throws {
        let seen: [CarrierScan.Status] = [.pickedUp, .exception, .inTransit, .outForDelivery, .delivered]
        let scans = seen.enumerated().map {
            CarrierScan.sample(waybill: "SF1001", status: $1, occurredAt: .sample + .hours(Int64($0)))
        }
        let order = Order.sample(shipments: [.sample(state: .dispatched)])
        var ends: [Order] = []
        for arrival in permutations(of: scans) {
            var domain = DomainState(order)
            for scan in arrival { try domain.take(.tracked([TrackingReport(scan)])) }
            for scan in arrival { #expect(try domain.take(.tracked([TrackingReport(scan)])).changesNothing) }
            ends.append(domain.order)
        }
        #expect(ends.count == 120)
        #expect(ends.allSatisfy { $0 == ends[0] })
    }

    @Test func aParcelCanHaveSoManyScansAndNoMore() throws {
        var domain = DomainState(.sample(shipments: [.sample(state: .dispatched)]))
        for minute in 0..<500 {
            try domain.take(
                .tracked([TrackingReport(.sample(waybill: "SF1001", occurredAt: .sample + .minutes(Int64(minute))))]))
        }
        #expect(throws: Fault.self) {
            try domain.take(.tracked([TrackingReport(.sample(waybill: "SF1001", occurredAt: .sample + .days(9)))]))
        }
    }
}
