import Contracts
import FulfilmentDomain
import Pipeline
import Support
import Testing

@testable import Fulfilment

@Suite("Stopping goods")
struct StoppingTests {
    static let request = OrderCancelRequested(orderID: .sample, requestID: "CR-1", reason: "changed my mind")
    static let cancelled = OrderCancelled(orderID: .sample, reason: .buyer, cancelledAt: .sample, refundDue: 30_000)
    static let everything = [LinePieces(lineID: "1", quantity: 2), LinePieces(lineID: "2", quantity: 1)]

    @Test func aCancelRequestBeforeTheDispatchStopsEverything() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.tell(Self.request)
        try harness.service.advance(by: .hours(3))
        let stopped = try #require(harness.service.facts(LinesStopped.self).first)
        #expect(stopped.requestID == "CR-1")
        #expect(stopped.stopped == Self.everything)
        #expect(stopped.dispatched.isEmpty)
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
        try harness.tell(Self.cancelled)
        let cancelled = try #require(harness.service.facts(ShipmentCancelled.self).first)
        #expect(cancelled.shipmentID == OrderID.shipment())
        #expect(cancelled.reason == "buyer")
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
    }

    @Test func aCancelRequestAfterTheDispatchIsToldWhatHasLeft() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.service.advance(by: .hours(2))
        try harness.tell(Self.request)
        let stopped = try #require(harness.service.facts(LinesStopped.self).first)
        #expect(stopped.stopped.isEmpty)
        #expect(
            stopped.dispatched == [
                LinePieces(lineID: "1", quantity: 2, shipmentID: OrderID.shipment()),
                LinePieces(lineID: "2", quantity: 1, shipmentID: OrderID.shipment()),
            ])
    }

    @Test func aRefusedCancelRequestLetsTheGoodsGoTwoHoursLater() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.tell(Self.request)
        try harness.service.advance(by: .hours(3))
        try harness.tell(OrderCancelRefused(orderID: .sample, requestID: "CR-1", reason: "too late"))
        #expect(harness.service.facts(LinesResumed.self).first?.lines == Self.everything)
        try harness.service.advance(by: .hours(2))
        let dispatched = try #require(harness.service.facts(ShipmentDispatched.self).first)
        #expect(dispatched.dispatchedAt >= .sample + .hours(5))
    }

    @Test func aRequestAndATimerOfTheSameMomentHaveOneOutcome() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        harness.service.clock.advance(by: .hours(2))
        harness.service.publish(Self.request)
        try harness.service.settle()
        let answer = try #require(harness.service.facts(LinesStopped.self).first)
        let hasLeft = !harness.service.facts(ShipmentDispatched.self).isEmpty
        #expect(answer.dispatched.isEmpty != hasLeft)
        #expect(answer.stopped.isEmpty == hasLeft)
    }

    @Test func aHoldStopsAnOrderThatIsNotPlannedYet() throws {
        let harness = try FulfilmentHarness()
        try harness.place()
        try harness.tell(OrderHeld(orderID: .sample, reason: "fraud", heldAt: .sample))
        try harness.tell(
            OrderConfirmed.sample(lines: [.sample(quantity: 2), .sample("2", sku: "SKU-2")]))
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.story == ["LinesStopped", "ShipmentPlanned", "ShipmentLabelled"])
        #expect(harness.service.facts(LinesStopped.self).first?.requestID == "hold")
        try harness.tell(OrderReleased(orderID: .sample, reason: "fraud", releasedAt: .sample))
        try harness.service.advance(by: .hours(2))
        #expect(harness.service.story.suffix(2) == ["LinesResumed", "ShipmentDispatched"])
    }

    @Test func oneOfSeveralHoldsEndsNothing() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.tell(OrderHeld(orderID: .sample, hold: .amount, reason: "much", heldAt: .sample))
        try harness.tell(OrderHeld(orderID: .sample, hold: .operator, reason: "fraud", heldAt: .sample))
        try harness.tell(
            OrderReleased(
                orderID: .sample, hold: .operator, reason: "fraud", remaining: ["amount"], releasedAt: .sample))
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.facts(LinesResumed.self).isEmpty)
        try harness.tell(OrderReleased(orderID: .sample, hold: .amount, reason: "much", releasedAt: .sample))
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.facts(ShipmentDispatched.self).count == 1)
    }

    @Test func anotherAddressCountsUntilTheOrderIsConfirmed() throws {
        let harness = try FulfilmentHarness()
        try harness.place()
        func revise(_ province: String, grams: Int64) throws {
            let lines = [PlacedLine.sample(quantity: 2), .sample("2", sku: "SKU-2")]
            try harness.tell(
                OrderRevised(
                    orderID: .sample, cause: .address, reservation: 1,
                    region: Region(country: "CN", province: province), weightGrams: grams, lines: lines,
                    goodsTotal: 1, freight: 0, total: 1, receivable: 1, reason: "moved", revisedAt: .sample))
        }
        try revise("江苏省", grams: 900)
        func order() -> Order? {
            guard case .order(let order, _) = harness.service.database.aggregates[.order(.sample)] else { return nil }
            return order
        }
        #expect(order()?.region?.province == "江苏省" && order()?.weightGrams == 900)
        try harness.tell(OrderConfirmed.sample(lines: [.sample(quantity: 2), .sample("2", sku: "SKU-2")]))
        try revise("广东省", grams: 1)
        #expect(order()?.region?.province == "江苏省")
    }

    @Test func heldVirtualGoodsArriveAfterTheRelease() throws {
        let harness = try FulfilmentHarness()
        try harness.place(delivery: .virtual)
        try harness.tell(OrderHeld(orderID: .sample, reason: "fraud", heldAt: .sample))
        try harness.tell(OrderConfirmed.sample(lines: [.sample(quantity: 2)]))
        #expect(harness.service.story == ["LinesStopped", "ShipmentPlanned"])
        try harness.tell(OrderReleased(orderID: .sample, reason: "fraud", releasedAt: .sample))
        try harness.service.advance(by: .hours(2))
        #expect(harness.service.story.suffix(2) == ["ShipmentDispatched", "ShipmentDelivered"])
    }

    @Test func theSameQuestionIsAnsweredOnce() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.tell(Self.request)
        try harness.tell(Self.request)
        #expect(harness.service.facts(LinesStopped.self).count == 1)
    }

    @Test func twoStopsEndWithTheSecond() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.tell(OrderHeld(orderID: .sample, reason: "fraud", heldAt: .sample))
        try harness.tell(Self.request)
        try harness.tell(OrderCancelRefused(orderID: .sample, requestID: "CR-1", reason: "held"))
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.facts(LinesResumed.self).isEmpty)
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
        try harness.tell(OrderReleased(orderID: .sample, reason: "fraud", releasedAt: .sample))
        try harness.service.advance(by: .hours(3))
        #expect(harness.service.facts(LinesResumed.self).first?.lines == Self.everything)
        #expect(harness.service.facts(ShipmentDispatched.self).count == 1)
    }

    @Test func goodsThatACarrierHasInSpiteOfAStopCallAPerson() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.tell(Self.request)
        try harness.scan(.pickedUp, afterHours: 0)
        #expect(
            harness.service.story.suffix(3) == ["ShipmentDispatched", "ShipmentExceptional", "ShipmentTracked"])
        try harness.tell(Self.cancelled)
        #expect(harness.service.facts(ShipmentCancelled.self).isEmpty)
    }
}
