import Contracts
import Foundation
import Kafka
import Postgres
import Support

@testable import Commission
@testable import Pipeline

/// Commission's journal of a run, handled once more into an empty schema: the messages from their topics, in the journal's
/// sequence, at the journal's times, with nobody else at work.
///
/// - Source: DESIGN section 2, "Inbox", and invariant I18.
struct ShadowReplay {
    private static let schema = "commission_shadow"
    /// What the ledger and those beside it hold, all columns.
    private static let tables: [StaticString] = [
        "SELECT t::text FROM orders AS t ORDER BY 1",
        "SELECT t::text FROM accruals AS t ORDER BY 1",
        "SELECT t::text FROM journals AS t ORDER BY 1",
        "SELECT t::text FROM entries AS t ORDER BY 1",
        "SELECT t::text FROM balances AS t ORDER BY 1",
        "SELECT t::text FROM accounts AS t ORDER BY 1",
        "SELECT t::text FROM payouts AS t ORDER BY 1",
        "SELECT t::text FROM adjustments AS t ORDER BY 1",
        "SELECT t::text FROM turnovers AS t ORDER BY 1",
        "SELECT t::text FROM plans AS t ORDER BY 1",
        "SELECT t::text FROM items AS t ORDER BY 1",
        "SELECT t::text FROM members AS t ORDER BY 1",
    ]

    /// Timers that work beside the lanes sets; all others have to come out of what was decided before.
    private static let kindsOfOthers: Set<String> = ["hold", "settle"]

    private let stack: Stack
    private let connection: Connection

    init(_ stack: Stack) throws {
        self.stack = stack
        connection = try Connection(stack.databaseURL)
    }

    /// - Returns: How many messages were handled, and the tables that are not the same.
    func run() throws -> (handled: Int, differences: [String]) {
        _ = try Migrator(administratorURL: stack.databaseURL).migrate(
            schema: Self.schema, role: Self.schema, password: "shadow", CommissionTables.migrations)
        let rows = try connection.query(
            "SELECT message_id, topic, partition, record_offset, decided_at FROM commission.inbox ORDER BY sequence")
        let places = Set(rows.map { Place(topic: $0.text(1), partition: $0.int32(2), offset: $0.int64(3)) })
        let records = try records(at: places)
        let store = PostgresStore(
            url: try stack.url(asRole: Self.schema, "shadow"), service: "commission", tables: CommissionTables())
        let handler = CommissionHandler()
        for row in rows {
            let now = Instant(milliseconds: row.milliseconds(4))
            let place = Place(topic: row.text(1), partition: row.int32(2), offset: row.int64(3))
            let entry = try entry(row.text(0), records[place], handler)
            var batch = Batch(handler: handler, store: store, now: now, machineNow: now)
            if case .timer(let timer) = entry.origin, Self.kindsOfOthers.contains(timer.kind) { try set(timer) }
            try store.transaction { try batch.run([entry], .nothing) }
        }
        return (rows.count, try differences())
    }

    private func set(_ timer: DueTimer) throws {
        var effects = Effects()
        effects.timers = [.set(kind: timer.kind, key: timer.key, due: timer.due)]
        let connection = try Connection(
            stack.databaseURL, parameters: ["options": "-c search_path=\(Self.schema)"])
        try connection.transaction { try EffectsWriter(service: "commission").write(effects, in: $0) }
    }

    private func entry(
        _ messageID: String, _ record: KafkaRecord?, _ handler: CommissionHandler
    ) throws -> Entry<CommissionHandler.Message> {
        if let record,
            let topic = (CommissionHandler.topics + CommissionHandler.referenceTopics).first(where: {
                $0.name == record.topic
            })
        {
            return .reading(record, topic: topic, by: handler)
        }
        // `timer:kind/key/due`
        guard messageID.hasPrefix("timer:"), let first = messageID.firstIndex(of: "/"),
            let last = messageID.lastIndex(of: "/"), let due = Int64(messageID[messageID.index(after: last)...])
        else { throw Stack.Failure(description: "message \(messageID) of the journal is in no topic") }
        let timer = DueTimer(
            kind: String(messageID.dropFirst(6)[..<first]),
            key: String(messageID[messageID.index(after: first)..<last]),
            due: Instant(milliseconds: due))
        return .reading(timer, by: handler)
    }

    private func records(at places: Set<Place>) throws -> [Place: KafkaRecord] {
        let topics = (CommissionHandler.topics + CommissionHandler.referenceTopics).map(\.name)
        let wanted = places.filter { topics.contains($0.topic) }
        let source = try KafkaSource(
            configuration: [
                "bootstrap.servers": stack.servers, "group.id": "\(stack.prefix)shadow",
                "auto.offset.reset": "earliest",
                "enable.auto.commit": "false", "enable.auto.offset.store": "false",
            ], topics: topics, prefix: stack.prefix)
        defer { source.close() }
        var records: [Place: KafkaRecord] = [:]
        let deadline = Date(timeIntervalSinceNow: 60)
        while records.count < wanted.count, Date() < deadline {
            for record in try source.poll(maximum: 1000, timeoutMilliseconds: 200) {
                let place = Place(topic: record.topic, partition: record.partition, offset: record.offset)
                if wanted.contains(place) { records[place] = record }
            }
        }
        return records
    }

    private func differences() throws -> [String] {
        func look(_ schema: String) throws -> Connection {
            try Connection(stack.databaseURL, parameters: ["options": "-c search_path=\(schema)"])
        }
        let (real, shadow) = (try look("commission"), try look(Self.schema))
        return try Self.tables.compactMap { table in
            let rows = (try real.query(table).map { $0.text(0) }, try shadow.query(table).map { $0.text(0) })
            guard rows.0 != rows.1 else { return nil }
            let first = zip(rows.0, rows.1).first { $0 != $1 }
            return "\(table): \(rows.0.count) and \(rows.1.count) rows; \(first?.0 ?? "") is not \(first?.1 ?? "")"
        }
    }

    private struct Place: Hashable {
        let topic: String
        let partition: Int32
        let offset: Int64
    }
}
