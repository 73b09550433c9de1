import Contracts
import Pipeline
import Postgres
import Support
import Testing

@testable import Inventory
@testable import InventoryDomain

@Suite("Inventory in PostgreSQL")
struct TablesTests {
    private static let stock = Stock(
        sku: "SKU-1",
        levels: ["hangzhou": StockLevel(onHand: 9, reserved: 4, safetyStock: 1), "beijing": StockLevel(onHand: 2)],
        safetyStock: 3, incoming: ["PO-1": 5, "": 2],
        backorders: [
            Backorder(orderID: .sample("WX-9"), lineID: "2", quantity: 3),
            Backorder(orderID: .sample("WX-2"), lineID: "1", quantity: 1),
        ], isLow: true, coverDemand: 12,
        suggestion: Suggestion(id: "2026-11-22-24", quantity: 24, isAccepted: true),
        announced: Announcement(available: 1, incoming: 7, at: .sample), isAnnouncementDue: true)

    private static let reservation = Reservation(
        orderID: .sample, placedAt: .sample,
        request: StockRequest(.sample(lines: [.sample(quantity: 3), .sample("2", sku: "X'Y")])), number: 2,
        standing: .backordered,
        holdings: [
            Holding(number: 1, lineID: "1", sku: "SKU-1", warehouse: "beijing", quantity: 3, released: 3),
            Holding(number: 2, lineID: "1", sku: "SKU-1", warehouse: "hangzhou", quantity: 3, shipped: 1, released: 1),
        ], references: ["\(OrderID.sample)-S1", "\(OrderID.sample)-A1/2"])

    private static let movement = Movement(
        name: MovementName(sku: "SKU 1", warehouse: "hangzhou", movementID: "仓 7"), kind: "adjusted", stated: -2,
        quantity: -2, balance: 7, reference: nil, occurredAt: .sample)

    @Test func everyAggregateComesBackAsItWasSaved() throws {
        try TestDatabase.withInventory { schema in
            let connection = try schema.connect()
            try save([.stock(Self.stock), .reservation(Self.reservation), .movement(Self.movement)], connection)
            let state = try load(
                [.stock("SKU-1"), .reservation(.sample), .movement(Self.movement.name), .stock("none")], connection)
            #expect(state.stock("SKU-1") == stored(Self.stock))
            #expect(state.reservation(.sample) == stored(Self.reservation))
            #expect(state.movement(Self.movement.name) == Self.movement)
            #expect(state.stock("none") == nil)
        }
    }

    @Test func whatChangedIsWrittenOverWhatWasThere() throws {
        try TestDatabase.withInventory { schema in
            let connection = try schema.connect()
            try save([.stock(Self.stock), .reservation(Self.reservation)], connection)
            var stock = Stock(
                sku: "SKU-1", levels: ["hangzhou": StockLevel(onHand: 8, reserved: 3)], incoming: ["PO-1": 0],
                isStored: true)
            stock.backorders = []
            var reservation = stored(Self.reservation)
            reservation = Reservation(
                orderID: .sample, placedAt: .sample, request: reservation.request, number: 3, standing: .released,
                holdings: reservation.holdings.map {
                    Holding(
                        number: $0.number, lineID: $0.lineID, sku: $0.sku, warehouse: $0.warehouse,
                        quantity: $0.quantity, shipped: $0.shipped, released: $0.quantity - $0.shipped)
                }, references: reservation.references.union(["more"]), isStored: true)
            try save([.stock(stock), .reservation(reservation)], connection)
            let state = try load([.stock("SKU-1"), .reservation(.sample)], connection)
            #expect(state.reservation(.sample) == reservation)
            #expect(state.stock("SKU-1")?.level("hangzhou") == StockLevel(onHand: 8, reserved: 3))
            #expect(state.stock("SKU-1")?.backorders == [])
            #expect(state.stock("SKU-1")?.announced == nil)
            #expect(state.stock("SKU-1")?.incoming["PO-1"] == 0)
        }
    }

    @Test func workloadComesBackAndIsWrittenOver() throws {
        try TestDatabase.withInventory { schema in
            let connection = try schema.connect()
            let day = CivilDay(year: 2026, month: 11, day: 27)
            try save([.workload(Workload(warehouse: "hangzhou", day: day, parcels: 7))], connection)
            let state = try load([.workload("hangzhou"), .workload("beijing")], connection)
            let first = Workload(warehouse: "hangzhou", day: day, parcels: 7, isStored: true)
            #expect(state.workload("hangzhou") == first)
            #expect(state.workload("beijing") == nil)
            let next = Workload(warehouse: "hangzhou", day: day + 1, parcels: 1, isStored: true)
            try save([.workload(next)], connection)
            #expect(try load([.workload("hangzhou")], connection).workload("hangzhou") == next)
        }
    }

    @Test func referenceDataComesBackAndKeepsItsNewestValue() throws {
        try TestDatabase.withInventory { schema in
            let connection = try schema.connect()
            let listing = CatalogListing(
                channel: "jd", externalSku: "a/b", components: [.init(sku: "SKU-1", quantity: 2)])
            try save(
                [
                    .item(.sample()), .warehouse(.sample()), .warehouse(.sample(warehouse: "beijing")),
                    .listing(listing),
                ],
                connection)
            try save([.item(.sample(safetyStock: 4))], connection)
            let state = try load(
                [.item("SKU-1"), .warehouse("hangzhou"), .warehouses, .listing("jd", "a/b")], connection)
            #expect(state.item("SKU-1") == .sample(safetyStock: 4))
            #expect(state.warehouse("hangzhou") == .sample())
            #expect(state.warehouses.map(\.warehouse) == ["beijing", "hangzhou"])
            #expect(state.listing("jd", "a/b") == listing)
        }
    }

    @Test(arguments: [
        ("UPDATE stock_levels SET reserved = on_hand + 1", "stock_levels_never_oversold"),
        ("UPDATE stock_levels SET reserved = -1", "stock_levels_reserved"),
        ("UPDATE reservations SET released = quantity, shipped = 1", "reservations_one_fate"),
        ("UPDATE movements SET quantity = 1", "movements are added"),
        ("DELETE FROM movements", "movements are added"),
    ])
    func databaseRefusesWhatNoDecisionMayDo(sql: String, refusal: String) throws {
        try TestDatabase.withInventory { schema in
            let connection = try schema.connect()
            try save([.stock(Self.stock), .reservation(Self.reservation), .movement(Self.movement)], connection)
            let error = #expect(throws: PostgresError.self) { try connection.run(script: sql) }
            let said = [error?.constraint, error?.message].compactMap { $0 }
            #expect(said.contains { $0.contains(refusal) })
        }
    }

    @Test func secondMakerOfOneSkuIsRefused() throws {
        try TestDatabase.withInventory { schema in
            let connection = try schema.connect()
            try save([.stock(Stock(sku: "SKU-1"))], connection)
            let error = #expect(throws: PostgresError.self) { try save([.stock(Stock(sku: "SKU-1"))], connection) }
            #expect(error?.isDataError == true)
        }
    }

    private func save(_ changes: [InventoryChange], _ connection: Connection) throws {
        var state = State<InventoryAggregate>()
        for change in changes { change.apply(to: &state) }
        let changed = state
        try connection.transaction { try InventoryTables().save(changed, in: $0) }
    }

    private func load(_ keys: [Key], _ connection: Connection) throws -> State<InventoryAggregate> {
        var state = State<InventoryAggregate>()
        try connection.transaction { try InventoryTables().load(keys, into: &state, in: $0) }
        for key in keys where !state.isLoaded(key) { state.load(key, nil) }
        return state
    }

    private func stored(_ stock: Stock) -> Stock {
        Stock(
            sku: stock.sku, levels: stock.levels, safetyStock: stock.safetyStock, incoming: stock.incoming,
            backorders: stock.backorders, isLow: stock.isLow, coverDemand: stock.coverDemand,
            suggestion: stock.suggestion, announced: stock.announced, isAnnouncementDue: stock.isAnnouncementDue,
            isStored: true)
    }

    private func stored(_ reservation: Reservation) -> Reservation {
        Reservation(
            orderID: reservation.orderID, placedAt: reservation.placedAt, request: reservation.request,
            number: reservation.number, standing: reservation.standing, holdings: reservation.holdings,
            references: reservation.references, isStored: true)
    }
}
