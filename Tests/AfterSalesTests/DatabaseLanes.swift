import AfterSalesDomain
import Contracts
import Pipeline
import Postgres
import Support

@testable import AfterSales

/// The service's two lanes on its real tables, reading what a desk publishes beside the desk's own lanes on memory.
final class DatabaseLanes {
    private typealias DatabaseLane = Lane<AfterSalesHandler, PostgresStore<AfterSalesTables>, MemorySource>

    let place: PostgresPlace<AfterSalesTables>
    private let connection: Connection
    private let references: DatabaseLane
    private let lane: DatabaseLane

    /// Runs a test with a schema of its own.
    static func with(following desk: Desk, _ body: (DatabaseLanes) throws -> Void) throws {
        try TestDatabase.with(AfterSalesTables.migrations) { database in
            try body(DatabaseLanes(database, desk))
        }
    }

    private init(_ database: TestDatabase, _ desk: Desk) throws {
        let place = try PostgresPlace(database, service: AfterSalesHandler.service, tables: AfterSalesTables())
        func lane(_ topics: [Topic], _ group: String, readsTimers: Bool) -> DatabaseLane {
            var options = LaneOptions()
            options.readsTimers = readsTimers
            return Lane(
                handler: AfterSalesHandler(), store: place.makeStore(),
                source: MemorySource(desk.harness.broker, group: group, topics: topics.map(\.name)),
                clock: desk.harness.clock, options: options)
        }
        self.place = place
        connection = try database.connect()
        references = lane(AfterSalesHandler.referenceTopics, "postgres-reference", readsTimers: false)
        self.lane = lane(AfterSalesHandler.topics, "postgres", readsTimers: true)
        try settle()
    }

    /// Handles all that was published and is due.
    func settle() throws {
        for _ in 0..<1000 {
            if try (references.step() + lane.step()).isIdle { return }
        }
        preconditionFailure("the service does not come to rest")
    }

    /// An order as its tables hold it.
    func account(_ key: Key) throws -> OrderAccount? {
        guard case .order(let account) = try place.aggregates([key]).first?.value else { return nil }
        return account
    }

    /// What PostgreSQL says to a statement that must not succeed.
    func refusal(of statement: StaticString) -> PostgresError? {
        do throws(PostgresError) {
            try connection.query(statement)
            return nil
        } catch {
            return error
        }
    }
}
