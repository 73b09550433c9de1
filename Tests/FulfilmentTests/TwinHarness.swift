import Contracts
import FulfilmentDomain
import Pipeline
import Postgres
import Support

@testable import Fulfilment

/// The same messages handled twice: on memory and on PostgreSQL, at the same times.
struct TwinHarness {
    let memory: FulfilmentHarness
    private let store: PostgresStore<FulfilmentTables>
    private let references: Lane<FulfilmentHandler, PostgresStore<FulfilmentTables>, MemorySource>
    private let lane: Lane<FulfilmentHandler, PostgresStore<FulfilmentTables>, MemorySource>

    init(_ database: TestDatabase, handler: FulfilmentHandler = .sandbox) throws {
        let memory = try FulfilmentHarness(handler: handler)
        func makeStore() -> PostgresStore<FulfilmentTables> {
            PostgresStore(url: database.url, service: "fulfilment", tables: FulfilmentTables())
        }
        func makeLane(
            _ store: PostgresStore<FulfilmentTables>, _ topics: [Topic], _ group: String, readsTimers: Bool
        ) -> Lane<FulfilmentHandler, PostgresStore<FulfilmentTables>, MemorySource> {
            var options = LaneOptions()
            options.readsTimers = readsTimers
            options.idleMilliseconds = 0
            return Lane(
                handler: handler, store: store,
                source: MemorySource(memory.service.broker, group: group, topics: topics.map(\.name)),
                clock: memory.service.clock, options: options)
        }
        self.memory = memory
        store = makeStore()
        references = makeLane(
            makeStore(), FulfilmentHandler.referenceTopics, "postgres-reference", readsTimers: false)
        lane = makeLane(store, FulfilmentHandler.topics, "postgres", readsTimers: true)
    }

    struct Restless: Error {}

    /// Lets both sides handle what is there and what is due at this moment of the clock.
    func settle() throws {
        try memory.service.settle()
        for _ in 0..<1000 {
            let report = try references.step() + lane.step()
            if report.isIdle { return }
        }
        throw Restless()
    }

    func advance(by duration: Duration) throws {
        memory.service.clock.advance(by: duration)
        try settle()
    }

    /// The order as a new reader finds it under a key, on either side.
    func orders(_ key: Key) throws -> (memory: Order?, postgres: Order?) {
        var inMemory = State<FulfilmentAggregate>()
        let memoryStore = MemoryStore(memory.service.database) { _, _ in [] }
        try memoryStore.transaction { try memoryStore.load([key], into: &inMemory) }
        var inTables = State<FulfilmentAggregate>()
        try store.transaction { try store.load([key], into: &inTables) }
        return (Self.order(inMemory[key]), Self.order(inTables[key]))
    }

    private static func order(_ aggregate: FulfilmentAggregate?) -> Order? {
        if case .order(let order, _) = aggregate { order } else { nil }
    }

    /// All facts told so far, as text, on either side.
    func facts(_ connection: Connection) throws -> (memory: [String], postgres: [String]) {
        let told = memory.service.database.outbox.map { String(decoding: $0.payload ?? [], as: UTF8.self) }
        let rows = try connection.query("SELECT payload FROM outbox ORDER BY id")
        return (told, rows.map { String(decoding: $0.bytesOrNil(0) ?? [], as: UTF8.self) })
    }
}
