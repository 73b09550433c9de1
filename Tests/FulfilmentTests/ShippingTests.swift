import Contracts
import Pipeline
import Support
import Testing

@Suite("Shipping an order")
struct ShippingTests {
    @Test func aConfirmedOrderIsPlannedAndLabelledAndLeavesAfterTwoHours() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        #expect(harness.service.story == ["ShipmentPlanned", "ShipmentLabelled"])
        try harness.service.advance(by: .minutes(119))
        #expect(harness.service.facts(ShipmentDispatched.self).isEmpty)
        try harness.service.advance(by: .minutes(1))
        let dispatched = try #require(harness.service.facts(ShipmentDispatched.self).first)
        #expect(dispatched.shipmentID == OrderID.shipment())
        #expect(dispatched.lines == [.sample(quantity: 2), .sample("2", sku: "SKU-2")])
        #expect(dispatched.dispatchedAt == .sample + .hours(2))
        #expect(dispatched.carrier == "yto")
        #expect(dispatched.waybill == harness.label().waybill)
        // Two days to the same province, counted from the end of the day in Shanghai.
        #expect(dispatched.promisedBy == BusinessCalendar.shanghai.end(ofDay: 2, after: .sample + .hours(2)))
    }

    @Test func aParcelIsTrackedToItsBuyer() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.service.advance(by: .hours(2))
        try harness.scan(.pickedUp, afterHours: 3)
        try harness.scan(.outForDelivery, afterHours: 20)
        try harness.scan(.delivered, afterHours: 22)
        #expect(
            harness.service.story == [
                "ShipmentPlanned", "ShipmentLabelled", "ShipmentDispatched", "ShipmentTracked", "ShipmentTracked",
                "ShipmentTracked", "ShipmentDelivered",
            ])
        #expect(harness.service.facts(ShipmentDelivered.self).first?.deliveredAt == .sample + .hours(22))
    }

    @Test func eachWarehouseSendsAParcelOfItsOwn() throws {
        let harness = try FulfilmentHarness()
        harness.service.publish(
            CatalogWarehouse.sample(warehouse: "chengdu", province: "四川省"), on: .catalogWarehouses, key: "chengdu")
        try harness.place()
        harness.service.publish(
            OrderConfirmed(
                orderID: .sample, reservation: 1,
                allocations: [
                    WarehouseAllocation(warehouse: "hangzhou", lines: [.sample(quantity: 2)]),
                    WarehouseAllocation(warehouse: "chengdu", lines: [.sample("2", sku: "SKU-2")]),
                ], confirmedAt: .sample))
        try harness.service.settle()
        let planned = harness.service.facts(ShipmentPlanned.self)
        #expect(planned.map(\.warehouse) == ["hangzhou", "chengdu"])
        #expect(planned.map(\.shipmentID) == [OrderID.shipment(1), OrderID.shipment(2)])
        #expect(harness.service.facts(ShipmentLabelled.self).map(\.carrier) == ["yto", "zto"])
    }

    @Test func virtualGoodsArriveWithTheConfirmation() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm(delivery: .virtual)
        #expect(harness.service.story == ["ShipmentPlanned", "ShipmentDispatched", "ShipmentDelivered"])
        let delivered = try #require(harness.service.facts(ShipmentDelivered.self).first)
        #expect(delivered.carrier == "none")
        #expect(delivered.waybill == OrderID.shipment())
    }

    @Test(arguments: [DeliveryKind.pickup, .local]) func whatNoCarrierTakesGoesWithTheShopItself(
        delivery: DeliveryKind
    ) throws {
        let harness = try FulfilmentHarness()
        try harness.confirm(delivery: delivery)
        #expect(harness.label().carrier == "self")
        #expect(harness.label().waybill == OrderID.shipment())
        try harness.service.advance(by: .hours(2))
        #expect(harness.service.facts(ShipmentDispatched.self).first?.promisedBy == nil)
    }

    @Test func importedFinishedOrdersAreNobodysWork() throws {
        let harness = try FulfilmentHarness()
        harness.service.publish(OrderPlaced.sample(historical: true))
        harness.service.publish(OrderCancelRefused(orderID: .sample, requestID: "CR-1", reason: "completed"))
        #expect(try harness.service.settle().parked == 0)
        #expect(harness.service.story.isEmpty)
    }

    @Test func aConfirmationWaitsForItsOrder() throws {
        let harness = try FulfilmentHarness()
        harness.service.publish(OrderConfirmed.sample(lines: [.sample(quantity: 2)]))
        try harness.service.settle()
        #expect(harness.service.story.isEmpty)
        try harness.place()
        #expect(harness.service.story == ["ShipmentPlanned", "ShipmentLabelled"])
    }

    @Test func aConfirmationWaitsForItsWarehouse() throws {
        let harness = try FulfilmentHarness(knowsCatalog: false)
        try harness.confirm()
        #expect(harness.service.story.isEmpty)
        harness.service.publish(CatalogWarehouse.sample(), on: .catalogWarehouses, key: "hangzhou")
        try harness.service.settle()
        #expect(harness.service.story == ["ShipmentPlanned", "ShipmentLabelled"])
        // No item was published: the pieces weigh what intake's sum gives them.
        #expect(harness.service.facts(ShipmentPlanned.self).first?.weightGrams == 999)
    }

    @Test func whatComesTwiceChangesNothing() throws {
        let harness = try FulfilmentHarness()
        try harness.confirm()
        try harness.confirm()
        try harness.service.advance(by: .hours(2))
        try harness.scan(.delivered, afterHours: 5)
        try harness.scan(.delivered, afterHours: 5)
        #expect(
            harness.service.story == [
                "ShipmentPlanned", "ShipmentLabelled", "ShipmentDispatched", "ShipmentTracked", "ShipmentDelivered",
            ])
    }

    @Test func anOrderPaidAfterItsTimeoutIsPlannedWhenItIsConfirmed() throws {
        let harness = try FulfilmentHarness()
        try harness.place()
        harness.service.publish(
            OrderCancelled(orderID: .sample, reason: .paymentTimeout, cancelledAt: .sample, refundDue: 0))
        harness.service.publish(
            OrderReinstated(
                orderID: .sample, reservation: 2, paymentID: "P-1", amount: 30_000, reinstatedAt: .sample))
        harness.service.publish(OrderConfirmed.sample(reservation: 2, lines: [.sample(quantity: 2)]))
        try harness.service.settle()
        #expect(harness.service.story == ["ShipmentPlanned", "ShipmentLabelled"])
    }
}
