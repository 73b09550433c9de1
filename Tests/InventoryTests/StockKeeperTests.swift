import Contracts
import InventoryDomain
@testable import Pipeline
import Postgres
import Support
import Testing

@testable import Inventory

@Suite("Beside the lanes: self-check, repair, availability told again") struct StockKeeperTests {
    private typealias Rig = ServiceRig<InventoryHandler, PostgresPlace<InventoryTables>>

    /// Ten pieces of three SKUs in Hangzhou, three of `SKU-1` reserved.
    private static func withStock(_ body: (TestDatabase, Rig) throws -> Void) throws {
        try TestDatabase.withInventory { database in
            let rig = ServiceRig(
                InventoryHandler(), try PostgresPlace(database, service: "inventory", tables: InventoryTables()))
            rig.publish(CatalogWarehouse.sample(), on: .catalogWarehouses, key: "hangzhou", id: "W")
            for sku in ["SKU-1", "SKU-2", "SKU-3"] {
                rig.publish(CatalogItem.sample(sku: sku), on: .catalogItems, key: sku, id: sku)
                rig.publish(
                    WarehouseMovement.sample(movementID: sku, sku: sku, quantity: 10), on: .warehouseMovements,
                    key: sku, id: "M-\(sku)")
            }
            try rig.settle()
            rig.publish(
                OrderPlaced.sample(lines: [.sample(quantity: 3)]), on: .intakeOrders, key: "\(OrderID.sample)", id: "O")
            try rig.settle()
            try body(database, rig)
        }
    }

    private static func command(_ command: some HeadedCommand, _ rig: Rig) throws {
        rig.publish(command, on: .commands(of: "inventory"), key: command.key, id: command.commandID)
        try rig.settle()
    }

    private static func head(_ id: String) -> CommandHead {
        CommandHead(commandID: id, actor: "u-1", reason: "self-check", issuedAt: .sample)
    }

    private static func keep(_ database: TestDatabase, day: Int64 = 0) throws {
        let connection = try database.connect()
        defer { connection.close() }
        try StockKeeper(ForecastSettings()).step(
            SideWorkPlace(
                connection: connection, now: .sample + .days(day), calendar: .shanghai, stop: StopFlag(),
                service: "inventory"))
    }

    private static func answers(_ rig: Rig) throws -> [String] {
        try rig.told(CommandAnswered.self, on: .commandResults(of: "inventory")).sorted {
            $0.commandID < $1.commandID
        }.map { $0.reason ?? $0.outcome.rawValue }
    }

    @Test func countersThatDifferAreFoundAndMended() throws {
        try Self.withStock { database, rig in
            try Self.keep(database)
            #expect(try database.number("SELECT count(*) FROM stock_differences") == 0)
            try database.run("UPDATE stock_levels SET on_hand = 12, reserved = 2 WHERE sku = 'SKU-1'")
            try Self.keep(database, day: 1)
            #expect(
                try database.number("SELECT on_hand * 1000 + moved * 100 + reserved * 10 + open FROM stock_differences")
                    == 12_000 + 1000 + 20 + 3)
            rig.kill()
            rig.publish(
                WarehouseMovement.sample(movementID: "more", quantity: 5), on: .warehouseMovements, key: "SKU-1",
                id: "more")
            for number in 1...2 {
                try Self.command(
                    RepairStock(head: Self.head("C-\(number)"), sku: "SKU-1", warehouse: "hangzhou"), rig)
            }
            #expect(try Self.answers(rig) == ["accepted", "its counters are what its books say"])
            #expect(try database.number("SELECT on_hand * 10 + reserved FROM stock_levels WHERE sku = 'SKU-1'") == 153)
            #expect(
                try database.number(
                    """
                    SELECT on_hand_before * 1000 + on_hand_after * 10 + reserved_after - reserved_before
                    FROM stock_repairs
                    """) == 17_151)
            try Self.keep(database, day: 2)
            #expect(try database.number("SELECT count(*) FROM stock_differences") == 0)
        }
    }

    /// Both in one batch: the second must not add the difference again.
    @Test func repairThatComesTwiceAtOnceMendsOnce() throws {
        try Self.withStock { database, rig in
            try database.run("UPDATE stock_levels SET on_hand = 4 WHERE sku = 'SKU-1'")
            rig.kill()
            for number in 1...2 {
                let command = RepairStock(head: Self.head("C-\(number)"), sku: "SKU-1", warehouse: "hangzhou")
                rig.publish(command, on: .commands(of: "inventory"), key: command.key, id: command.commandID)
            }
            try rig.settle()
            #expect(try database.number("SELECT on_hand FROM stock_levels WHERE sku = 'SKU-1'") == 10)
        }
    }

    @Test func moreReservedThanMovementsLeftHasToBeCounted() throws {
        try Self.withStock { database, rig in
            try database.run(
                """
                INSERT INTO movements (sku, warehouse, movement_id, kind, stated, quantity, balance, occurred_at)
                VALUES ('SKU-1', 'hangzhou', 'lost', 'scrapped', 8, -8, 2, now())
                """)
            rig.kill()
            try Self.command(RepairStock(head: Self.head("C-1"), sku: "SKU-1", warehouse: "hangzhou"), rig)
            #expect(try Self.answers(rig) == ["movements left 2 pieces for 3 reserved ones: count them"])
        }
    }

    @Test func availabilityOfEverySkuIsToldAgain() throws {
        try Self.withStock { database, rig in
            let before = try rig.told(AvailabilityChanged.self, on: .inventoryAvailability).count
            try Self.command(RepublishAvailability(head: Self.head("C-1")), rig)
            #expect(try Self.answers(rig) == ["accepted"])
            try Self.keep(database)
            try rig.advance(by: .seconds(1))
            let told = try rig.told(AvailabilityChanged.self, on: .inventoryAvailability).dropFirst(before)
            #expect(Set(told.map { "\($0.sku) \($0.available)" }) == ["SKU-1 7", "SKU-2 10", "SKU-3 10"])
            #expect(try database.number("SELECT count(*) FROM side_requests") == 0)
        }
    }
}
