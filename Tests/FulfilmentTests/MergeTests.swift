import Contracts
import FulfilmentDomain
import Pipeline
import Support
import Testing

@testable import Fulfilment

@Suite("Shipments that travel together")
struct MergeTests {
    private static let second = OrderID.sample("WX-2")
    private static let both = [OrderID.shipment(), "\(second)-S1"]

    /// An order of one buyer to one place, ready to leave from Hangzhou.
    private static func order(
        _ harness: FulfilmentHarness, _ name: String, buyerID: String? = "wechat-mini/u-77", place: String? = "p",
        weightGrams: Int64 = 1000
    ) throws {
        harness.service.publish(
            OrderPlaced.sample(
                externalOrderID: name, buyerID: buyerID, fingerprints: place.map { Fingerprints(address: $0) },
                weightGrams: weightGrams))
        harness.service.publish(OrderConfirmed.sample(orderID: .sample(name)))
        try harness.service.settle()
    }

    private static func two() throws -> FulfilmentHarness {
        let harness = try FulfilmentHarness()
        try order(harness, "WX-1001")
        try order(harness, "WX-2")
        return harness
    }

    private static func merge(_ ids: [String] = both, id: String = "C-1") -> MergeShipments {
        MergeShipments(head: .sample(id), orderID: .sample, shipmentIDs: ids)
    }

    private static func scan(_ harness: FulfilmentHarness, _ status: CarrierScan.Status) throws {
        let label = harness.label()
        harness.service.publish(
            CarrierScan.sample(
                carrier: label.carrier, waybill: label.waybill, status: status, occurredAt: .sample + .hours(5)),
            on: .carrierScans, key: "\(label.carrier)/\(label.waybill)")
        try harness.service.settle()
    }

    @Test func theyShareOneLabelLeaveAtOnceAndArriveTogether() throws {
        let harness = try Self.two()
        try harness.command(Self.merge())
        #expect(harness.answers.map(\.outcome) == [.accepted])
        let labels = harness.service.facts(ShipmentLabelled.self)
        #expect(labels.last?.shipmentID == Self.both[1])
        #expect(labels.last?.parcelID == Self.both[0])
        #expect(labels.last?.waybill == labels.first?.waybill)
        try harness.service.advance(by: .hours(2))
        let left = harness.service.facts(ShipmentDispatched.self)
        #expect(left.map(\.shipmentID).sorted() == Self.both.sorted())
        #expect(Set(left.map(\.waybill)).count == 1)
        try Self.scan(harness, .delivered)
        let delivered = harness.service.facts(ShipmentDelivered.self).map(\.orderID)
        #expect(delivered.count == 2)
        #expect(Set(delivered) == [OrderID.sample, Self.second])
        #expect(harness.service.database.timers.isEmpty)
    }

    @Test func onePersonsStopKeepsTheWholeParcel() throws {
        let harness = try Self.two()
        try harness.command(Self.merge())
        try harness.tell(OrderHeld(orderID: Self.second, reason: "fraud", heldAt: .sample))
        try harness.service.advance(by: .hours(2))
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
        try harness.command(CommandTests.dispatch(id: "C-2"))
        #expect(harness.answers.last?.reason == "a shipment packed together with it is stopped")
        try harness.tell(OrderReleased(orderID: Self.second, reason: "fraud", releasedAt: .sample))
        try harness.service.advance(by: .hours(2))
        #expect(harness.service.facts(ShipmentDispatched.self).count == 2)
    }

    @Test func whatIsCancelledNoLongerKeepsTheRest() throws {
        let harness = try Self.two()
        try harness.command(Self.merge())
        try harness.tell(OrderHeld(orderID: Self.second, reason: "fraud", heldAt: .sample))
        try harness.service.advance(by: .hours(2))
        try harness.tell(
            OrderCancelled(orderID: Self.second, reason: .buyer, cancelledAt: .sample, refundDue: 30_000))
        try harness.service.advance(by: .hours(2))
        #expect(harness.service.facts(ShipmentDispatched.self).map(\.shipmentID) == [Self.both[0]])
    }

    @Test func whatTravelsWithAWaveWaitsForIt() throws {
        let harness = try Self.two()
        try harness.command(Self.merge())
        try harness.command(
            ReleaseWave(head: .sample("C-2"), orderID: .sample, waveID: "W-1", warehouse: "hangzhou"))
        try harness.service.advance(by: .hours(24))
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
        try harness.command(CommandTests.dispatch(id: "C-3"))
        #expect(harness.service.facts(ShipmentDispatched.self).count == 2)
    }

    @Test func theParcelLeavesByCommandOnAnyOfThem() throws {
        let harness = try Self.two()
        try harness.command(Self.merge())
        try harness.command(
            DispatchShipment(head: .sample("C-2"), orderID: Self.second, shipmentID: Self.both[1]))
        #expect(harness.answers.map(\.outcome) == [.accepted, .accepted])
        #expect(harness.service.facts(ShipmentDispatched.self).count == 2)
    }

    @Test func whatACarrierHasSeenOfTheParcelItHasSeenOfAll() throws {
        let harness = try Self.two()
        try harness.command(Self.merge())
        try Self.scan(harness, .pickedUp)
        #expect(harness.service.facts(ShipmentDispatched.self).count == 2)
        #expect(harness.service.facts(ShipmentTracked.self).count == 2)
    }

    @Test func packedTogetherTheyAreNeitherDividedNorRelabelled() throws {
        let harness = try Self.two()
        try harness.command(Self.merge())
        try harness.command(
            ReassignCarrier(head: .sample("C-2"), orderID: .sample, shipmentID: Self.both[0], carrier: "sf"))
        try harness.command(CommandTests.dispatch(carrier: "sf", waybill: "SF0000000000001", id: "C-3"))
        try harness.command(Self.merge(id: "C-4"))
        #expect(harness.answers.dropFirst().map(\.outcome) == [.refused, .refused, .refused])
        #expect(harness.answers.last?.reason == "shipment \(Self.both[0]) is packed together with others already")
    }

    @Test(
        arguments: [
            ("wechat-mini/u-8", "p", 1000, "is another buyer's"),
            ("wechat-mini/u-77", "q", 1000, "goes to another address"),
            ("wechat-mini/u-77", nil, 1000, "has no known buyer and address"), (nil, "p", 1000, "has no known buyer"),
        ] as [(String?, String?, Int64, String)])
    func strangersAreNotPackedTogether(buyerID: String?, place: String?, grams: Int64, reason: String) throws {
        let harness = try FulfilmentHarness()
        try Self.order(harness, "WX-1001")
        try Self.order(harness, "WX-2", buyerID: buyerID, place: place, weightGrams: grams)
        try harness.command(Self.merge())
        #expect(harness.answers.map(\.outcome) == [.refused])
        #expect(harness.answers.first?.reason?.contains(reason) == true)
    }

    @Test(arguments: [
        ([OrderID.shipment()], "names not 2 to 20"), ([OrderID.shipment(), OrderID.shipment()], "each once"),
        ([OrderID.shipment(), "nobody-S1"], "shipment nobody-S1 is unknown"),
    ])
    func whatIsNoPairIsRefused(ids: [String], reason: String) throws {
        let harness = try Self.two()
        try harness.command(Self.merge(ids))
        #expect(harness.answers.map(\.outcome) == [.refused])
        #expect(harness.answers.first?.reason?.contains(reason) == true)
    }

    @Test func theTablesHoldTheParcelToo() throws {
        try TestDatabase.with { database in
            let twin = try TwinHarness(database)
            let memory = twin.memory
            for name in ["WX-1001", "WX-2"] { try Self.order(memory, name) }
            memory.service.publish(Self.merge(), on: .commands(of: "fulfilment"), key: OrderID.sample.text)
            try twin.settle()
            try twin.advance(by: .hours(2))
            let label = memory.label()
            memory.service.publish(
                CarrierScan.sample(
                    carrier: label.carrier, waybill: label.waybill, status: .delivered,
                    occurredAt: .sample + .hours(5)), on: .carrierScans, key: "\(label.carrier)/\(label.waybill)")
            try twin.settle()
            for orderID in [OrderID.sample, Self.second] {
                let orders = try twin.orders(.order(orderID))
                #expect(orders.memory == orders.postgres)
                #expect(orders.postgres?.shipments.map(\.state) == [.delivered])
            }
            #expect(try twin.orders(.order(.sample)).postgres?.shipments.first?.companions == [Self.both[1]])
        }
    }
}
