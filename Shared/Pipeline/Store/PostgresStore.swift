public import Contracts
import Kafka
import Postgres

/// A service's schema in PostgreSQL: the pipeline's tables beside those of the service.
public final class PostgresStore<T: Tables>: Store {
    public typealias Aggregate = T.Aggregate
    private let connection: ReconnectingConnection
    private let tables: T
    private let service: String

    /// - Parameter url: libpq URI; its role has the service's schema in front of its search path.
    public init(url: String, service: String, tables: T) {
        connection = ReconnectingConnection(url: url, name: service)
        self.service = service
        self.tables = tables
    }

    public func transaction(_ body: () throws -> Void) throws {
        do {
            try connection.open().transaction { _ in try body() }
        } catch let error as PostgresError where error.isJournalRace {
            throw JournalRace()
        }
    }

    private var current: Transaction { connection.current }

    public func known(_ messages: [MessageName]) throws -> [MessageName: Int64] {
        guard !messages.isEmpty else { return [:] }
        var parameters = Parameters()
        parameters.append(service)
        parameters.appendDates(messages.map(\.day))
        parameters.append(messages.map(\.id))
        let rows = try current.query(
            """
            SELECT ordinal, body_hash FROM (
                SELECT m.ordinal, coalesce(
                    (SELECT body_hash FROM inbox i WHERE i.day = m.day AND i.consumer = $1 AND i.message_id = m.id),
                    (SELECT body_hash FROM waiting w WHERE w.day = m.day AND w.message_id = m.id)) AS body_hash
                FROM unnest($2::date[], $3::text[]) WITH ORDINALITY AS m(day, id, ordinal)) AS found
            WHERE body_hash IS NOT NULL
            """, parameters)
        var known: [MessageName: Int64] = [:]
        for row in rows { known[messages[Int(row.int64(0)) - 1]] = row.int64(1) }
        return known
    }

    public func load(_ keys: [Key], into state: inout State<Aggregate>) throws {
        try tables.load(keys, into: &state, in: current)
        for key in keys where !state.isLoaded(key) { state.load(key, nil) }
    }

    public func waiting(for keys: [String]) throws -> [WaitingRow] {
        var parameters = Parameters()
        parameters.append(keys)
        parameters.append(Int64(WaitingRow.maximumOffered))
        return try current.query(
            """
            SELECT id, key, shard::int4, day - DATE '1970-01-01', message_id, body_hash, topic, partition,
                record_offset, recorded_at, record_key, record_value, record_headers, reason, parked_at, deadline,
                retry_at, offers
            FROM waiting WHERE key = ANY($1::text[]) ORDER BY id LIMIT $2 FOR UPDATE
            """, parameters
        ).map(WaitingRow.init)
    }

    public func claim(_ timers: [DueTimer]) throws -> Set<DueTimer> {
        var parameters = Parameters()
        parameters.append(timers.map(\.kind))
        parameters.append(timers.map(\.key))
        parameters.appendTimestamps(timers.map(\.due.milliseconds))
        let rows = try current.query(
            """
            DELETE FROM timers t USING unnest($1::text[], $2::text[], $3::timestamptz[]) AS d(kind, key, due_at)
            WHERE t.kind = d.kind AND t.key = d.key AND t.due_at = d.due_at
            RETURNING t.kind, t.key, t.due_at
            """, parameters)
        return Set(rows.map(DueTimer.init))
    }

    public func advanceVersions(_ counts: [FactStream: Int64]) throws -> [FactStream: Int64] {
        let streams = counts.keys.sorted()
        var parameters = Parameters()
        parameters.append(streams.map(\.topic))
        parameters.append(streams.map(\.key))
        parameters.append(streams.map { counts[$0] ?? 0 })
        let rows = try current.query(
            """
            INSERT INTO fact_versions AS f (topic, key, version)
            SELECT topic, key, count FROM unnest($1::text[], $2::text[], $3::int8[]) AS n(topic, key, count)
            ON CONFLICT (topic, key) DO UPDATE SET version = f.version + EXCLUDED.version
            RETURNING topic, key, version
            """, parameters)
        var last: [FactStream: Int64] = [:]
        for row in rows { last[FactStream(topic: row.text(0), key: row.text(1))] = row.int64(2) }
        return last
    }

    public func save(_ state: State<Aggregate>, _ effects: Effects) throws {
        if !state.changed.isEmpty { try tables.save(state, in: current) }
        try EffectsWriter(service: service).write(effects, in: current)
    }

    public func dueTimers(at now: Instant, shards: [Int32], atMost limit: Int) throws -> [DueTimer] {
        var parameters = Parameters()
        parameters.appendTimestamp(milliseconds: now.milliseconds)
        parameters.append(shards)
        parameters.append(Int64(limit))
        return try connection.open().query(
            """
            SELECT kind, key, due_at FROM timers
            WHERE due_at <= $1 AND shard = ANY($2::int4[]) ORDER BY due_at, key LIMIT $3
            """, parameters
        ).map(DueTimer.init)
    }

    public func ripeWaits(at machineNow: Instant, shards: [Int32], atMost limit: Int) throws -> [WaitingRow] {
        var parameters = Parameters()
        parameters.appendTimestamp(milliseconds: machineNow.milliseconds)
        parameters.append(shards)
        parameters.append(Int64(limit))
        return try connection.open().query(
            """
            SELECT id, key, shard::int4, day - DATE '1970-01-01', message_id, body_hash, topic, partition,
                record_offset, recorded_at, record_key, record_value, record_headers, reason, parked_at, deadline,
                retry_at, offers
            FROM waiting WHERE retry_at <= $1 AND shard = ANY($2::int4[]) ORDER BY id LIMIT $3
            """, parameters
        ).map(WaitingRow.init)
    }

    public func deadLetters(toRetry limit: Int, shards: [Int32]) throws -> [DeadLetterRow] {
        var parameters = Parameters()
        parameters.append(shards)
        parameters.append(Int64(limit))
        return try connection.open().query(
            """
            SELECT id, shard::int4, message_id, topic, partition, record_offset, recorded_at, record_key, record_value,
                record_headers, reason, field, attempts, failed_at
            FROM dead_letters WHERE state = 'retry' AND shard = ANY($1::int4[]) ORDER BY id LIMIT $2
            """, parameters
        ).map(DeadLetterRow.init)
    }
}

/// Two lanes handled the same message at once: the second finds it in the journal when it tries again.
struct JournalRace: StoreFailure {
    var isOutage: Bool { true }
    var isDataError: Bool { false }
    var isClash: Bool { false }
    var dataErrorReason: String { "" }
}

extension PostgresError {
    var isJournalRace: Bool { isClash && (constraint?.hasPrefix("inbox") ?? false) }
}
