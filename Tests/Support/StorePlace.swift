public import Contracts
import Kafka
public import Pipeline
import Postgres

/// One database of a test: stores for lanes and outboxes for relays are made over it, and looked into afterwards.
public protocol StorePlace<Aggregate>: AnyObject {
    associatedtype Aggregate: Sendable
    associatedtype LaneStore: Store where LaneStore.Aggregate == Aggregate
    associatedtype Outbox: OutboxStore

    func makeStore() -> LaneStore
    func makeOutbox() -> Outbox
    /// The values of those keys that exist, in the order of the keys.
    func aggregates(_ keys: [Key]) throws -> [(key: Key, value: Aggregate)]
    /// Every record ever written for the broker, oldest first.
    func outbox() throws -> [OutboxRow]
    func unsentCount() throws -> Int
    /// Messages that wait, oldest first, each as `key <- message id`.
    func waiting() throws -> [String]
    /// Dead letters that nobody has dealt with, oldest first.
    func deadLetters() throws -> [DeadLetterView]
    /// Timers by due time, each as `kind/key`.
    func timers() throws -> [String]
    func journalCount() throws -> Int
    /// What the service's own tables, the timers and the versions of facts hold, a text per row; nothing in memory.
    func rows() throws -> [String]
}

/// What a test wants to know of a dead letter.
public struct DeadLetterView: Equatable, Sendable, CustomStringConvertible {
    public let id: Int64
    public let messageID: String
    /// Where its message lies.
    public let place: RecordPlace
    public let reason: String
    public let field: String?
    public let attempts: Int

    public var description: String { "\(messageID): \(field.map { "\($0): " } ?? "")\(reason) (\(attempts))" }
}

/// A database in memory.
public final class MemoryPlace<H: Handler>: StorePlace {
    public typealias Aggregate = H.Aggregate
    public let database = MemoryDatabase<H.Aggregate>()
    private let handler: H

    public init(_ handler: H) { self.handler = handler }

    public func makeStore() -> MemoryStore<H.Aggregate> {
        MemoryStore(database, derived: handler.derived) { [handler] in handler.aliases(of: $0, $1) }
    }

    public func makeOutbox() -> MemoryOutbox<H.Aggregate> { MemoryOutbox(database) }

    public func aggregates(_ keys: [Key]) -> [(key: Key, value: H.Aggregate)] {
        let all = database.aggregates
        return keys.compactMap { key in all[key].map { (key, $0) } }
    }

    public func outbox() -> [OutboxRow] { database.outbox }
    public func unsentCount() -> Int { database.unsentCount }
    public func waiting() -> [String] { database.waiting.map { "\($0.key) <- \($0.name.id)" } }
    public func timers() -> [String] { database.timers.map { "\($0.kind)/\($0.key)" } }
    public func journalCount() -> Int { database.journalCount }
    public func rows() -> [String] { [] }
    public func deadLetters() -> [DeadLetterView] {
        database.deadLetters.map {
            let place = RecordPlace(
                topic: $0.record.topic, partition: $0.record.partition, offset: $0.record.offset)
            return DeadLetterView(
                id: $0.id, messageID: $0.messageID, place: place, reason: $0.reason, field: $0.field,
                attempts: $0.attempts)
        }
    }
}

/// A schema in PostgreSQL.
public final class PostgresPlace<T: Tables>: StorePlace {
    public typealias Aggregate = T.Aggregate
    public let database: TestDatabase
    private let tables: T
    private let service: String
    private let connection: Connection

    public init(_ database: TestDatabase, service: String, tables: T) throws {
        self.database = database
        self.service = service
        self.tables = tables
        connection = try database.connect()
    }

    public func makeStore() -> PostgresStore<T> {
        PostgresStore(url: database.url, service: service, tables: tables)
    }

    public func makeOutbox() -> PostgresOutbox { PostgresOutbox(url: database.url, service: service) }

    public func aggregates(_ keys: [Key]) throws -> [(key: Key, value: T.Aggregate)] {
        try connection.transaction { transaction in
            var state = State<T.Aggregate>()
            try tables.load(keys.sorted(), into: &state, in: transaction)
            return keys.compactMap { key in
                state.isLoaded(key) ? state[key].map { (key, $0) } : nil
            }
        }
    }

    public func outbox() throws -> [OutboxRow] {
        try connection.query(
            """
            SELECT id, day - DATE '1970-01-01', shard::int4, aggregatetype, aggregateid, event_id, type, source,
                subject, occurred_at, correlation_id, causation_id, traceparent, extra_headers, payload
            FROM outbox ORDER BY id
            """
        ).map(OutboxRow.init)
    }

    public func unsentCount() throws -> Int {
        Int(try connection.query("SELECT count(*) FROM outbox_unsent")[0].int64(0))
    }

    public func waiting() throws -> [String] {
        try connection.query("SELECT key, message_id FROM waiting ORDER BY id").map { "\($0.text(0)) <- \($0.text(1))" }
    }

    public func timers() throws -> [String] {
        try connection.query("SELECT kind, key FROM timers ORDER BY due_at, key").map { "\($0.text(0))/\($0.text(1))" }
    }

    public func journalCount() throws -> Int {
        Int(try connection.query("SELECT count(*) FROM inbox")[0].int64(0))
    }

    /// Numbers that the database gives by itself are left out: a rollback skips them.
    public func rows() throws -> [String] {
        try connection.query(
            """
            SELECT relation.name || ' ' || unnest(xpath('/table/row/row/text()', query_to_xml(format(
                'SELECT to_jsonb(kept)::text AS row FROM (SELECT %s FROM %I) AS kept ORDER BY 1',
                relation.columns, relation.name), false, false, '')))::text
            FROM (
                SELECT c.relname AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND NOT c.relispartition
                  AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity = ''
                  AND c.relname NOT IN (
                    'migrations', 'waiting', 'dead_letters', 'outbox_unsent', 'lane_runs', 'lane_attempts')
                GROUP BY c.relname
            ) AS relation
            """
        ).map { $0.text(0) }.sorted()
    }

    public func deadLetters() throws -> [DeadLetterView] {
        try connection.query(
            """
            SELECT id, message_id, reason, field, attempts, topic, partition, record_offset FROM dead_letters
            WHERE state IN ('dead', 'retry') ORDER BY id
            """
        ).map {
            DeadLetterView(
                id: $0.int64(0), messageID: $0.text(1),
                place: RecordPlace(topic: $0.text(5), partition: $0.int32(6), offset: $0.int64(7)),
                reason: $0.text(2), field: $0.textOrNil(3), attempts: Int($0.int32(4)))
        }
    }
}
