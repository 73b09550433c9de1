import Contracts
import FulfilmentDomain
import Pipeline
import Support
import Testing

@testable import Fulfilment

@Suite("An order that another warehouse sends")
struct MoveTests {
    static func replan(_ warehouse: String = "shanghai", id: String = "C-1") -> ReplanOrder {
        ReplanOrder(head: .sample(id), orderID: .sample, warehouse: warehouse)
    }

    private static func two() throws -> FulfilmentHarness {
        let harness = try FulfilmentHarness()
        harness.service.publish(
            CatalogWarehouse.sample(warehouse: "shanghai", province: "上海市", city: "上海市"), on: .catalogWarehouses,
            key: "shanghai")
        try harness.confirm()
        return harness
    }

    private static func answer(_ wish: ReallocationRequested, refusal: String? = nil) -> StockReallocated {
        StockReallocated(
            orderID: wish.orderID, reservation: wish.reservation, requestID: wish.requestID, warehouse: wish.warehouse,
            refusal: refusal, allocations: wish.allocations)
    }

    private static func wish(_ harness: FulfilmentHarness) throws -> ReallocationRequested {
        try #require(harness.service.facts(ReallocationRequested.self).last)
    }

    @Test func itWaitsForItsStockAndIsPlannedAnew() throws {
        let harness = try Self.two()
        try harness.command(Self.replan())
        #expect(harness.answers.map(\.outcome) == [.accepted])
        let wish = try Self.wish(harness)
        #expect(wish.warehouse == "shanghai")
        #expect(wish.allocations.map(\.warehouse) == ["hangzhou"])
        #expect(wish.allocations.first?.lines.map(\.quantity) == [2, 1])
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty, "nothing leaves meanwhile")
        try harness.tell(Self.answer(wish))
        try harness.tell(Self.answer(wish))
        #expect(harness.service.facts(ShipmentCancelled.self).map(\.reason) == ["moved to shanghai"])
        try harness.service.advance(by: .hours(2))
        let left = harness.service.facts(ShipmentDispatched.self)
        #expect(left.map(\.warehouse) == ["shanghai"])
        #expect(left.first?.lines.map(\.quantity) == [2, 1])
    }

    @Test func aRefusalLetsItGoOnFromWhereItIs() throws {
        let harness = try Self.two()
        try harness.command(Self.replan())
        try harness.tell(Self.answer(Self.wish(harness), refusal: "2 of SKU-1 are wanted, 1 are free in shanghai"))
        let exceptional = harness.service.facts(ShipmentExceptional.self).map(\.reason)
        #expect(exceptional == ["not moved to shanghai: 2 of SKU-1 are wanted, 1 are free in shanghai"])
        try harness.service.advance(by: .hours(2))
        #expect(harness.service.facts(ShipmentDispatched.self).map(\.warehouse) == ["hangzhou"])
    }

    @Test func whatCannotBeMovedIsRefused() throws {
        let harness = try Self.two()
        try harness.command(Self.replan("nowhere"))
        try harness.command(Self.replan("hangzhou", id: "C-2"))
        try harness.command(Self.replan(id: "C-3"))
        try harness.command(Self.replan(id: "C-4"))
        try harness.command(DispatchShipment(head: .sample("C-5"), orderID: .sample, shipmentID: OrderID.shipment()))
        #expect(
            harness.answers.map(\.reason) == [
                "warehouse nowhere is unknown", "nothing of order \(OrderID.sample) can be moved to hangzhou", nil,
                "the order is being moved already",
                "shipment \(OrderID.shipment()) is being moved to another warehouse",
            ])
    }

    /// Cancelled while inventory thinks: nothing is planned for an order that is over.
    @Test func aCancelledOrderIsNotPlannedAnew() throws {
        let harness = try Self.two()
        try harness.command(Self.replan())
        try harness.tell(StoppingTests.cancelled)
        try harness.tell(Self.answer(Self.wish(harness)))
        #expect(harness.service.facts(ShipmentPlanned.self).count == 1)
    }

    /// Refunded meanwhile: the rest is planned, and nobody here says where the pieces were.
    @Test func aRefundMeanwhileLeavesTheRest() throws {
        let harness = try Self.two()
        try harness.tell(CaseTests.opened(1))
        try harness.command(Self.replan())
        let wish = try Self.wish(harness)
        try harness.tell(CaseTests.refunded(1))
        let withdrawn = harness.service.facts(LinesResumed.self).flatMap(\.withdrawn)
        #expect(!withdrawn.isEmpty)
        #expect(withdrawn.allSatisfy { $0.warehouse == nil })
        try harness.tell(Self.answer(wish))
        let gone = withdrawn.reduce(0) { $0 + $1.quantity }
        let planned = try #require(harness.service.facts(ShipmentPlanned.self).last)
        #expect(planned.warehouse == "shanghai")
        #expect(planned.lines.reduce(0) { $0 + $1.quantity } == 3 - gone)
    }

    @Test func bothStoresHoldTheSame() throws {
        try TestDatabase.with { database in
            let twin = try TwinHarness(database)
            twin.memory.service.publish(
                CatalogWarehouse.sample(warehouse: "shanghai"), on: .catalogWarehouses, key: "shanghai")
            try twin.memory.confirm()
            twin.memory.service.publish(Self.replan(), on: .commands(of: "fulfilment"), key: OrderID.sample.text)
            try twin.settle()
            var orders = try twin.orders(.order(.sample))
            #expect(orders.postgres?.move == StockMove(requestID: "C-1", warehouse: "shanghai"))
            #expect(orders.postgres == orders.memory)
            twin.memory.service.publish(try Self.answer(Self.wish(twin.memory)))
            try twin.settle()
            orders = try twin.orders(.order(.sample))
            #expect(orders.postgres == orders.memory)
            #expect(orders.postgres?.move == nil)
            #expect(orders.postgres?.confirmed?.allocations.map(\.warehouse) == ["shanghai"])
        }
    }
}
