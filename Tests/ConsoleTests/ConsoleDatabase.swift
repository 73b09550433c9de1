import ConsoleDomain
import Contracts
import Pipeline
import Postgres
import Support

@testable import Console

/// A schema of the console for one test, filled by lanes from the records of a harness.
final class ConsoleDatabase {
    private let database: TestDatabase
    let connection: Connection
    let harness = ServiceHarness(ConsoleHandler(calendar: .shanghai))

    private init(_ database: TestDatabase) throws {
        self.database = database
        connection = try Connection(
            database.administratorURL, parameters: ["options": "-c search_path=\(database.name)"])
    }

    static func with(_ body: (ConsoleDatabase) throws -> Void) throws {
        try TestDatabase.with(ConsoleTables.migrations) { database in
            try body(ConsoleDatabase(database))
        }
    }

    /// Publishes a fact and brings everything published so far into the tables.
    func tell(_ facts: any Fact...) throws {
        publish(facts)
        try settle()
    }

    /// Publishes facts under the ids that their services give them.
    func publish(_ facts: [any Fact]) {
        for fact in facts { harness.publish(fact, id: "\(fact.topic)/\(fact.key)/\(fact.version)") }
    }

    /// Reads all topics to their end, references first.
    func settle(maximumBatch: Int = 300) throws {
        let references = lane(ConsoleHandler.referenceTopics, "reference", maximumBatch)
        let lane = lane(ConsoleHandler.topics, "lane", maximumBatch)
        for _ in 0..<1000 {
            if try (references.step() + lane.step()).isIdle { return }
        }
        preconditionFailure("the service does not come to rest")
    }

    private func lane(
        _ topics: [Topic], _ group: String, _ maximumBatch: Int
    ) -> Lane<ConsoleHandler, PostgresStore<ConsoleTables>, MemorySource> {
        var options = LaneOptions()
        options.maximumBatch = maximumBatch
        options.readsTimers = false
        return Lane(
            handler: ConsoleHandler(calendar: .shanghai),
            store: PostgresStore(url: database.url, service: "console", tables: ConsoleTables()),
            source: MemorySource(harness.broker, group: group, topics: topics.map(\.name)), clock: harness.clock,
            options: options)
    }

    /// All columns of the rows of a query as one line of text each.
    func rows(_ sql: StaticString) throws -> [String] { try connection.query(sql).map { $0.text(0) } }
}
