import Contracts
import FulfilmentDomain
import Pipeline
import Support
import Testing

@testable import Fulfilment

@Suite("Waves")
struct WaveTests {
    private static func release(
        _ waveID: String = "W-1", warehouse: String = "hangzhou", id: String = "C-1"
    ) -> ReleaseWave {
        ReleaseWave(head: .sample(id), orderID: .sample, waveID: waveID, warehouse: warehouse)
    }

    private static func released() throws -> FulfilmentHarness {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(release())
        #expect(harness.answers.map(\.outcome) == [.accepted])
        return harness
    }

    @Test func whatPeopleHaveInHandLeavesByCommandAlone() throws {
        let harness = try Self.released()
        #expect(harness.service.database.timers.isEmpty)
        try harness.service.advance(by: .hours(24))
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
        try harness.command(CommandTests.dispatch(id: "C-2"))
        #expect(harness.service.facts(ShipmentDispatched.self).count == 1)
    }

    @Test func aCarriersScanTakesItToo() throws {
        let harness = try Self.released()
        try harness.scan(.pickedUp, afterHours: 1)
        #expect(harness.service.facts(ShipmentDispatched.self).count == 1)
    }

    @Test func theSameWaveAgainChangesNothingAndAnotherIsRefused() throws {
        let harness = try Self.released()
        try harness.command(Self.release(id: "C-2"))
        try harness.command(Self.release("W-2", id: "C-3"))
        #expect(harness.answers.map(\.outcome) == [.accepted, .accepted, .refused])
        #expect(harness.answers.last?.reason == "shipment \(OrderID.shipment()) is in wave W-1")
    }

    @Test func whatIsElsewhereStoppedOrGoneIsNotReleased() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(Self.release(warehouse: "chengdu"))
        try harness.tell(OrderHeld(orderID: .sample, reason: "fraud", heldAt: .sample))
        try harness.command(Self.release(id: "C-2"))
        try harness.tell(OrderReleased(orderID: .sample, reason: "fraud", releasedAt: .sample))
        try harness.command(CommandTests.dispatch(id: "C-3"))
        try harness.command(Self.release(id: "C-4"))
        #expect(
            harness.answers.map(\.reason) == [
                "the order has no parcel that is still at chengdu", "the order's goods at hangzhou are stopped", nil,
                "the order has no parcel that is still at hangzhou",
            ])
    }

    @Test func aStopInAWaveLastsAndItsEndGivesNothingToTheTimer() throws {
        let harness = try Self.released()
        try harness.tell(OrderHeld(orderID: .sample, reason: "fraud", heldAt: .sample))
        try harness.tell(OrderReleased(orderID: .sample, reason: "fraud", releasedAt: .sample))
        try harness.service.advance(by: .hours(24))
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
    }

    @Test func whatIsSplitStaysInTheWave() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.command(Self.release())
        try harness.command(
            SplitShipment(
                head: .sample("C-2"), orderID: .sample, shipmentID: OrderID.shipment(),
                lines: [LinePieces(lineID: "1", quantity: 1)]))
        #expect(harness.answers.map(\.outcome) == [.accepted, .accepted])
        try harness.tell(OrderHeld(orderID: .sample, reason: "fraud", heldAt: .sample))
        try harness.tell(OrderReleased(orderID: .sample, reason: "fraud", releasedAt: .sample))
        try harness.service.advance(by: .hours(24))
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
    }

    @Test func theTablesHoldTheWave() throws {
        try TestDatabase.with { database in
            let twin = try TwinHarness(database)
            try twin.memory.confirm()
            twin.memory.service.publish(Self.release(), on: .commands(of: "fulfilment"), key: OrderID.sample.text)
            try twin.settle()
            let orders = try twin.orders(.order(.sample))
            #expect(orders.memory == orders.postgres)
            #expect(orders.postgres?.shipments.map(\.waveID) == ["W-1"])
        }
    }
}
