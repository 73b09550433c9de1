import CommissionDomain
import Contracts
import Pipeline
import Postgres
import Support

@testable import Commission

/// A schema of commission for one test, with lanes that have the rights of the service's role.
final class CommissionDatabase {
    private let database: TestDatabase
    /// Of the administrator, for what the service itself must not do.
    let connection: Connection

    private init(_ database: TestDatabase) throws {
        self.database = database
        connection = try Connection(
            database.administratorURL, parameters: ["options": "-c search_path=\(database.name)"])
    }

    static func with(_ body: (CommissionDatabase) throws -> Void) throws {
        try TestDatabase.with(CommissionTables.migrations) { database in
            try body(CommissionDatabase(database))
        }
    }

    /// A further connection of the service's role.
    func connect() throws -> Connection { try database.connect() }

    /// A lane over the records of a harness, with this schema as its store.
    func lane(
        over harness: ServiceHarness<CommissionHandler>, _ topics: [Topic], group: String,
        partitions: Set<Int32>? = nil, maximumBatch: Int = 300, probe: CrashProbe = .nothing
    ) -> Lane<CommissionHandler, PostgresStore<CommissionTables>, MemorySource> {
        var options = LaneOptions()
        options.maximumBatch = maximumBatch
        options.probe = probe
        options.readsTimers = topics.contains(.intakeOrders)
        return Lane(
            handler: CommissionHandler(),
            store: PostgresStore(url: database.url, service: "commission", tables: CommissionTables()),
            source: MemorySource(harness.broker, group: group, topics: topics.map(\.name), partitions: partitions),
            clock: harness.clock, options: options)
    }

    /// Reads the topics of a harness to their end, references first.
    func settle(_ harness: ServiceHarness<CommissionHandler>, group: String = "postgres") throws {
        let references = lane(over: harness, CommissionHandler.referenceTopics, group: "\(group)-reference")
        let lane = lane(over: harness, CommissionHandler.topics, group: group)
        for _ in 0..<1000 {
            if try (references.step() + lane.step()).isIdle { return }
        }
        preconditionFailure("the service does not come to rest")
    }

    func order(_ orderID: OrderID = .sample) throws -> CommissionOrder? {
        try connection.transaction { transaction in
            try OrderRows.load([orderID.text], in: transaction).first
        }
    }

    /// One number of a query.
    func number(_ sql: StaticString) throws -> Int64 { try connection.query(sql)[0].int64(0) }

    /// What the view of breaches shows; nothing when all is well.
    func breaches() throws -> [String] {
        try connection.query(
            """
            SELECT invariant, id, breach FROM breaches ORDER BY 1, 2
            """
        ).map {
            "\($0.text(0)) \($0.text(1)): \($0.text(2))"
        }
    }
}
