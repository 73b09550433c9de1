import Contracts
import Support
import Testing

@testable import Fulfilment

@Suite("Cases about goods")
struct CaseTests {
    static func opened(_ quantity: Int64, kind: CaseKind = .refund, number: Int = 1) -> CaseOpened {
        .sample(number: number, kind: kind, lines: [CaseLine(lineID: "1", sku: "SKU-1", quantity: quantity)])
    }

    static func refunded(_ quantity: Int64) -> CaseRefunded {
        .sample(lines: [RefundedLine(lineID: "1", quantity: quantity, amount: 10_000 * quantity)])
    }

    static let rejected = CaseRejected(
        orderID: .sample, caseID: OrderID.serviceCase(), reason: "used", by: "U-1", rejectedAt: .sample)
    static let withdrawn = CaseWithdrawn(orderID: .sample, caseID: OrderID.serviceCase(), withdrawnAt: .sample)
    static let closed = CaseClosed(
        orderID: .sample, caseID: OrderID.serviceCase(), outcome: .refunded, closedAt: .sample)

    @Test func refundedPiecesLeaveThePlanAndTheRestIsShipped() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.tell(Self.opened(1))
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.facts(LinesStopped.self).first?.stopped == [LinePieces(lineID: "1", quantity: 1)])
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
        try harness.tell(Self.refunded(1))
        try harness.tell(Self.closed)
        #expect(harness.service.facts(ShipmentPlanned.self).last?.lines == [.sample(), .sample("2", sku: "SKU-2")])
        #expect(harness.service.facts(ShipmentPlanned.self).last?.weightGrams == 500)
        try harness.service.advance(by: .hours(2))
        #expect(harness.service.facts(ShipmentDispatched.self).first?.lines == [.sample(), .sample("2", sku: "SKU-2")])
        let resumed = harness.service.facts(LinesResumed.self)
        #expect(resumed.map(\.lines) == [[]])
        #expect(resumed.first?.withdrawn == [.init(lineID: "1", quantity: 1, warehouse: "hangzhou")])
    }

    /// One parcel left before the refund: what is withdrawn comes from the other one's warehouse.
    @Test func saysFromWhichWarehousePiecesWereWithdrawn() throws {
        let harness = try FulfilmentHarness()
        harness.service.publish(
            CatalogWarehouse.sample(warehouse: "chengdu", province: "四川省"), on: .catalogWarehouses, key: "chengdu")
        let lines = [PlacedLine.sample(quantity: 3)]
        try harness.tell(OrderPlaced.sample(lines: lines))
        let allocations = [
            WarehouseAllocation(warehouse: "hangzhou", lines: [.sample(quantity: 2)]),
            WarehouseAllocation(warehouse: "chengdu", lines: [.sample(quantity: 1)]),
        ]
        try harness.tell(
            OrderConfirmed(orderID: .sample, reservation: 1, allocations: allocations, confirmedAt: .sample))
        let shipments = harness.service.facts(ShipmentPlanned.self)
        let first = try #require(shipments.first { $0.warehouse == "chengdu" })
        try harness.command(DispatchShipment(head: .sample(), orderID: .sample, shipmentID: first.shipmentID))
        try harness.tell(Self.opened(1))
        try harness.tell(Self.refunded(1))
        #expect(
            harness.service.facts(LinesResumed.self).first?.withdrawn
                == [.init(lineID: "1", quantity: 1, warehouse: "hangzhou")])
    }

    /// Nothing is planned yet: any piece will do.
    @Test func piecesOfNoParcelAreWithdrawnFromNowhere() throws {
        let harness = try FulfilmentHarness()
        try harness.tell(OrderPlaced.sample(lines: [.sample(quantity: 2)]))
        try harness.tell(Self.opened(1))
        try harness.tell(Self.refunded(1))
        #expect(harness.service.facts(LinesResumed.self).first?.withdrawn == [.init(lineID: "1", quantity: 1)])
    }

    @Test func aShipmentWithoutPiecesIsCancelled() throws {
        let harness = try FulfilmentHarness()
        try harness.tell(OrderPlaced.sample(lines: [.sample(quantity: 2)]))
        try harness.tell(OrderConfirmed.sample(lines: [.sample(quantity: 2)]))
        try harness.tell(Self.opened(2))
        try harness.tell(Self.refunded(2))
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.facts(ShipmentCancelled.self).first?.reason == "refunded")
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
    }

    @Test func piecesRefundedBeforeThePlanAreNotPlanned() throws {
        let harness = try FulfilmentHarness()
        try harness.place()
        try harness.tell(Self.opened(1))
        try harness.tell(Self.refunded(1))
        try harness.tell(OrderConfirmed.sample(lines: [.sample(quantity: 2), .sample("2", sku: "SKU-2")]))
        #expect(harness.service.facts(ShipmentPlanned.self).first?.lines == [.sample(), .sample("2", sku: "SKU-2")])
    }

    @Test func aCaseAskedBeforeThePlanStopsWhatIsPlannedLater() throws {
        let harness = try FulfilmentHarness()
        try harness.place()
        try harness.tell(Self.opened(1))
        try harness.tell(OrderConfirmed.sample(lines: [.sample(quantity: 2)]))
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.story == ["LinesStopped", "ShipmentPlanned", "ShipmentLabelled"])
    }

    @Test func aCaseThatEndsWithoutARefundLetsItsPiecesGo() throws {
        for ending in [Self.rejected as any Fact, Self.withdrawn, Self.closed] {
            let harness = try FulfilmentHarness()
            try harness.confirm()
            try harness.tell(Self.opened(1))
            try harness.tell(ending)
            try harness.service.advance(by: .hours(2))
            #expect(
                harness.service.story.suffix(2) == ["LinesResumed", "ShipmentDispatched"], "\(type(of: ending))")
        }
    }

    @Test func aCaseAboutAnOrderThatNobodyHasPlacedWaitsForIt() throws {
        let harness = try FulfilmentHarness()
        try harness.tell(Self.opened(1))
        #expect(harness.service.story.isEmpty)
        try harness.place()
        #expect(harness.service.story == ["LinesStopped"])
    }

    @Test func aReturnMeansPiecesInHandBeforeThoseThatHaveNotLeft() throws {
        for (kind, stays) in [(CaseKind.refund, true), (.return, false)] {
            let harness = try FulfilmentHarness()
            harness.service.publish(
                CatalogWarehouse.sample(warehouse: "chengdu", province: "四川省"), on: .catalogWarehouses, key: "chengdu")
            try harness.place()
            try harness.tell(
                OrderConfirmed(
                    orderID: .sample, reservation: 1,
                    allocations: ["hangzhou", "chengdu"].map {
                        WarehouseAllocation(warehouse: $0, lines: [.sample()])
                    }, confirmedAt: .sample))
            try harness.command(
                DispatchShipment(head: .sample(), orderID: .sample, shipmentID: OrderID.shipment(1)))
            try harness.tell(Self.opened(1, kind: kind))
            let answer = try #require(harness.service.facts(LinesStopped.self).first)
            #expect(answer.stopped == (stays ? [LinePieces(lineID: "1", quantity: 1)] : []))
            #expect(
                answer.dispatched
                    == (stays ? [] : [LinePieces(lineID: "1", quantity: 1, shipmentID: OrderID.shipment(1))]))
        }
    }

    @Test func goodsForWhichOthersAreSentDoNotLeave() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.tell(Self.opened(2, kind: .exchange))
        try harness.tell(
            CaseExchanged(
                orderID: .sample, caseID: OrderID.serviceCase(), replacementOrderID: .sample("WX-2"),
                exchangedAt: .sample))
        try harness.service.advance(by: .hours(2))
        #expect(harness.service.facts(ShipmentDispatched.self).first?.lines == [.sample("2", sku: "SKU-2")])
    }
}
