import Contracts
import InventoryDomain
@testable import Pipeline
import Postgres
import Support
import Testing

@testable import Inventory

/// From orders in PostgreSQL to a suggestion on the topic.
@Suite("Forecaster") struct ForecasterTests {
    private typealias Rig = ServiceRig<InventoryHandler, PostgresPlace<InventoryTables>>

    /// `SKU-1` is asked for twice a day on sixty days, at noon in Shanghai.
    private static func withSales(_ body: (TestDatabase, Rig) throws -> Void) throws {
        try TestDatabase.withInventory { database in
            let rig = ServiceRig(
                InventoryHandler(), try PostgresPlace(database, service: "inventory", tables: InventoryTables()))
            rig.send(CatalogItem.sample(), on: .catalogItems, key: "SKU-1")
            rig.send(CatalogWarehouse.sample(), on: .catalogWarehouses, key: "hangzhou")
            rig.send(
                WarehouseMovement.sample(quantity: 130), on: .warehouseMovements, key: "SKU-1")
            try rig.settle()
            for day in 1...60 {
                rig.send(
                    OrderPlaced.sample(
                        externalOrderID: "N-\(day)", placedAt: noon(daysAgo: Int64(day)),
                        lines: [.sample(quantity: 2)]))
            }
            try rig.settle()
            try body(database, rig)
        }
    }

    private static let today = BusinessCalendar.shanghai.day(of: .sample)

    private static func noon(daysAgo days: Int64) -> Instant {
        BusinessCalendar.shanghai.start(of: today) + .hours(12) + .days(-days)
    }

    private static func step(_ keeper: StockKeeper, _ database: TestDatabase, at now: Instant = .sample) throws {
        let connection = try database.connect()
        defer { connection.close() }
        try keeper.step(
            SideWorkPlace(
                connection: connection, now: now, calendar: .shanghai, stop: StopFlag(), service: "inventory"))
    }

    private static func forecast(_ database: TestDatabase, _ sku: String = "SKU-1") throws -> DemandForecast? {
        let connection = try database.connect()
        defer { connection.close() }
        var state = State<InventoryAggregate>()
        try connection.transaction { try InventoryTables().load([.forecast(sku)], into: &state, in: $0) }
        return state.isLoaded(.forecast(sku)) ? state.forecast(sku) : nil
    }

    @Test func ordersBecomeAForecastAndASuggestion() throws {
        try Self.withSales { database, rig in
            try Self.step(StockKeeper(ForecastSettings()), database)
            let forecast = try #require(try Self.forecast(database))
            #expect(forecast.day == Self.today && forecast.historyDays == 60)
            #expect(forecast.expected == [Int64](repeating: 2000, count: 28))
            #expect(forecast.test?.accuracy.wape == 0)
            try rig.advance(by: .seconds(1))
            let told = try rig.told(ReplenishmentSuggested.self, on: .inventoryAlerts)
            // 42 pieces in 21 days; 130 came, 120 are promised.
            #expect(told.map(\.quantity) == [32])
            #expect(told.first?.available == 10)
        }
    }

    @Test func dayIsTheMallsAndCancelledOrTodaysOrdersDoNotCount() throws {
        try Self.withSales { database, rig in
            // 00:30 in Shanghai is the day before in UTC.
            let halfPastMidnight = BusinessCalendar.shanghai.start(of: Self.today + -3) + .minutes(30)
            rig.send(OrderPlaced.sample(externalOrderID: "early", placedAt: halfPastMidnight))
            rig.send(OrderPlaced.sample(externalOrderID: "today", placedAt: .sample, lines: [.sample(quantity: 5)]))
            // More than there is: what was asked for counts all the same.
            rig.send(
                OrderPlaced.sample(
                    externalOrderID: "refused", placedAt: Self.noon(daysAgo: 2), lines: [.sample(quantity: 500)]))
            rig.send(
                OrderPlaced.sample(
                    externalOrderID: "old", placedAt: Self.noon(daysAgo: 4), lines: [.sample(quantity: 3)],
                    historical: true))
            rig.send(
                OrderCancelled(
                    orderID: .sample("N-1", placedAt: Self.noon(daysAgo: 1)), reason: .buyer, cancelledAt: .sample,
                    refundDue: 0))
            try rig.settle()
            let connection = try database.connect()
            defer { connection.close() }
            try DemandQueries.collect(
                from: .sample + .days(-700), to: BusinessCalendar.shanghai.start(of: Self.today), .shanghai,
                skus: nil, connection)

            let demand = try #require(try DemandQueries.next(after: "", limit: 10, connection).first)
            let last = demand.days.suffix(5).map { [Int64(Self.today.daysSinceEpoch - $0.day), $0.pieces] }
            #expect(last == [[6, 2], [5, 2], [4, 5], [3, 3], [2, 502]])
        }
    }

    @Test func dayIsForecastOnceAndARequestAgain() throws {
        try Self.withSales { database, rig in
            let keeper = StockKeeper(ForecastSettings())
            try Self.step(keeper, database)
            try Self.step(keeper, database)
            try Self.step(StockKeeper(ForecastSettings()), database)
            #expect(try database.number("SELECT count(*) FROM forecast_days") == 1)
            let connection = try database.connect()
            defer { connection.close() }
            try connection.query("UPDATE forecasts SET body = '{}'")
            rig.send(
                RunForecast(
                    head: CommandHead(commandID: "C-1", actor: "u-ops", reason: "new price", issuedAt: .sample),
                    sku: "SKU-1"), on: .commands(of: "inventory"), key: "SKU-1")
            try rig.settle()
            #expect(try database.number("SELECT count(*) FROM side_requests") == 1)
            try Self.step(keeper, database)
            #expect(try Self.forecast(database)?.historyDays == 60)
            #expect(try database.number("SELECT count(*) FROM side_requests") == 0)
            try Self.step(keeper, database, at: .sample + .days(1))
            #expect(try database.number("SELECT count(*) FROM forecast_days") == 2)
            #expect(try Self.forecast(database)?.historyDays == 61)
        }
    }

    @Test func onlyOneInstanceForecasts() throws {
        try Self.withSales { database, _ in
            let other = try database.connect()
            let rows = try other.query(
                "SELECT pg_try_advisory_lock(hashtextextended('stock keeper of ' || current_schema(), 0))")
            #expect(rows[0].bool(0))
            let keeper = StockKeeper(ForecastSettings())
            try Self.step(keeper, database)
            #expect(try Self.forecast(database) == nil)
            other.close()
            try Self.step(keeper, database)
            #expect(try Self.forecast(database) != nil)
        }
    }

    @Test func acceptedSuggestionIsExpectedUntilItComes() throws {
        try Self.withSales { database, rig in
            try Self.step(StockKeeper(ForecastSettings()), database)
            try rig.advance(by: .seconds(1))
            let id = "\(Self.today)-32"
            func accept(_ suggestion: String, _ commandID: String, _ quantity: Int64? = nil) throws {
                rig.send(
                    AcceptSuggestion(
                        head: CommandHead(
                            commandID: commandID, actor: "u-buyer", reason: "ordered", issuedAt: .sample),
                        sku: "SKU-1", suggestionID: suggestion, quantity: quantity),
                    on: .commands(of: "inventory"), key: "SKU-1")
                try rig.settle()
            }
            try accept("2020-01-01-1", "C-1")
            try accept(id, "C-2", 0)
            try accept(id, "C-3", 40)
            try accept(id, "C-4")
            let answers = try rig.told(CommandAnswered.self, on: .commandResults(of: "inventory"))
            #expect(answers.map(\.outcome) == [.refused, .refused, .accepted, .refused], "\(answers)")
            #expect(try database.number("SELECT coalesce(sum(quantity), 0)::int8 FROM stock_incoming") == 40)
            rig.send(
                WarehouseMovement.sample(movementID: "M-2", quantity: 40, reference: id), on: .warehouseMovements,
                key: "SKU-1")
            try rig.settle()
            #expect(try database.number("SELECT coalesce(sum(quantity), 0)::int8 FROM stock_incoming") == 0)
        }
    }
}

extension Rig {
    /// Publishes under an id that is made of the content.
    fileprivate func send<M: Message>(_ message: M, on topic: Topic, key: String) {
        publish(message, on: topic, key: key, id: "\(M.type) \(message.jsonBytes.hashValue)")
    }

    fileprivate func send<F: Fact>(_ fact: F) { send(fact, on: fact.topic, key: fact.key) }
}
