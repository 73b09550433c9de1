import Contracts
import FulfilmentDomain
import Pipeline
import Postgres
import Support
import Testing

@testable import Fulfilment

@Suite("Fulfilment's tables")
struct TablesTests {
    /// Plans, stops, refunds, dispatches, tracks and cancels; after each step both sides hold the same.
    @Test func postgresHoldsWhatMemoryHolds() throws {
        try TestDatabase.with { database in
            let twin = try TwinHarness(database)
            let service = twin.memory.service
            let connection = try database.connect()
            func check(_ step: String) throws {
                try twin.settle()
                let orders = try twin.orders(.order(.sample))
                #expect(orders.memory != nil)
                #expect(orders.memory == orders.postgres, "after \(step)")
                let facts = try twin.facts(connection)
                #expect(facts.memory == facts.postgres, "after \(step)")
            }
            service.publish(OrderPlaced.sample(lines: [.sample(quantity: 2), .sample("2", sku: "SKU-2")]))
            try check("placing")
            service.publish(
                OrderRevised(
                    orderID: .sample, cause: .address, reservation: 1,
                    region: Region(country: "CN", province: "江苏省", city: "南京市"), weightGrams: 800, lines: [],
                    goodsTotal: 1, freight: 0, total: 1, receivable: 1, reason: "moved", revisedAt: .sample))
            try check("revising")
            service.publish(OrderHeld(orderID: .sample, reason: "fraud", heldAt: .sample))
            service.publish(CaseTests.opened(1))
            try check("stopping")
            service.publish(OrderConfirmed.sample(lines: [.sample(quantity: 2), .sample("2", sku: "SKU-2")]))
            try check("planning")
            service.publish(OrderReleased(orderID: .sample, reason: "fraud", releasedAt: .sample))
            try check("releasing")
            service.publish(CaseTests.refunded(1))
            try check("refunding")
            try twin.advance(by: .hours(2))
            try check("dispatching")
            let label = twin.memory.label()
            for (hours, status) in [(5, CarrierScan.Status.delivered), (3, .pickedUp), (5, .delivered)] {
                let scan = CarrierScan.sample(
                    carrier: label.carrier, waybill: label.waybill, status: status,
                    occurredAt: .sample + .hours(Int64(hours)))
                service.publish(scan, on: .carrierScans, key: "\(label.carrier)/\(label.waybill)")
                try check("scanning")
            }
            #expect(service.story.contains("ShipmentDelivered"))
            let byWaybill = try twin.orders(.waybill(label.carrier, label.waybill))
            #expect(byWaybill.postgres?.orderID == .sample)
        }
    }

    @Test func anOrderIsCancelledInTheTablesToo() throws {
        try TestDatabase.with { database in
            let twin = try TwinHarness(database)
            twin.memory.service.publish(OrderPlaced.sample())
            twin.memory.service.publish(OrderConfirmed.sample())
            twin.memory.service.publish(StoppingTests.request)
            try twin.settle()
            twin.memory.service.publish(StoppingTests.cancelled)
            try twin.settle()
            let orders = try twin.orders(.order(.sample))
            #expect(orders.postgres == orders.memory)
            #expect(orders.postgres?.shipments.map(\.state) == [.cancelled])
            #expect(try database.connect().query("SELECT 1 FROM timers").isEmpty)
        }
    }

    @Test func aNumberBelongsToOneShipment() throws {
        try TestDatabase.with { database in
            let connection = try database.connect()
            try Self.save([Self.order("WX-1", waybill: "SF1")], connection)
            let error = #expect(throws: PostgresError.self) {
                try Self.save([Self.order("WX-2", waybill: "SF1")], connection)
            }
            #expect(error?.sqlState == "23505")
            #expect(error?.constraint == "shipments_waybill")
            try Self.save([Self.order("WX-3", waybill: "SF2")], connection)
        }
    }

    @Test(arguments: [
        "UPDATE order_lines SET withdrawn = quantity + 1", "UPDATE order_lines SET withdrawn = -1",
        "UPDATE shipments SET state = 'lost'", "UPDATE shipments SET state = 'dispatched'",
        "UPDATE shipments SET dispatched_at = now()", "UPDATE shipment_lines SET quantity = 0",
        "UPDATE orders SET phase = 'confirmed'",
    ])
    func theDatabaseRefusesWhatCannotBe(statement: String) throws {
        try TestDatabase.with { database in
            let connection = try database.connect()
            try Self.save([Self.order("WX-1", waybill: "SF1")], connection)
            let error = #expect(throws: PostgresError.self) { try connection.run(script: statement) }
            #expect(error?.sqlState == "23514")
        }
    }

    @Test func theSameScanIsOneRow() throws {
        try TestDatabase.with { database in
            let connection = try database.connect()
            try Self.save([Self.order("WX-1", waybill: "SF1")], connection)
            let insertion = """
                INSERT INTO scans (carrier, waybill, status, occurred_at, shipment_id)
                SELECT carrier, waybill, 'delivered', '2026-11-22T08:00:00Z', shipment_id FROM shipments
                """
            try connection.run(script: insertion)
            let error = #expect(throws: PostgresError.self) { try connection.run(script: insertion) }
            #expect(error?.sqlState == "23505")
        }
    }

    private static func order(_ externalOrderID: String, waybill: String) -> Order {
        let orderID = OrderID.sample(externalOrderID)
        let id = "\(orderID)-S1"
        return Order(
            orderID: orderID, delivery: .express, region: nil, weightGrams: 0,
            lines: [OrderLine(lineID: "1", sku: "SKU-1", quantity: 1)],
            shipments: [
                Shipment(
                    shipmentID: id, number: 1, warehouse: "hangzhou", plannedAt: .sample, parcelID: id,
                    label: Label(carrier: "sf", waybill: waybill),
                    lines: [ShipmentLine(lineID: "1", sku: "SKU-1", quantity: 1, unitWeightGrams: 250)],
                    state: .labelled)
            ])
    }

    private static func save(_ orders: [Order], _ connection: Connection) throws {
        var state = State<FulfilmentAggregate>()
        for order in orders { state.set(.order(order.orderID), .order(order, stored: nil)) }
        try connection.transaction { try FulfilmentTables().save(state, in: $0) }
    }
}
