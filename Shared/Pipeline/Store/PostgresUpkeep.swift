import Contracts
public import Kafka
import Postgres
import Synchronization

/// What a process does for its schema beside messages: day partitions, marks of running lanes, counted attempts.
public final class PostgresUpkeep: AttemptStore {
    private let url: String
    private let service: String
    /// For counted attempts, which come with every message for a while.
    private let attempts: Mutex<ReconnectingConnection>

    public init(url: String, service: String) {
        self.url = url
        self.service = service
        attempts = Mutex(ReconnectingConnection(url: url, name: "\(service) attempts"))
    }

    /// Makes the coming day partitions and drops those older than `days`; answers how many were dropped.
    public func maintainPartitions(keepDays days: Int) throws -> Int {
        try withConnection { connection in
            try connection.query("SELECT ensure_partitions()::text")
            var parameters = Parameters()
            parameters.append(Int32(days))
            return Int(try connection.query("SELECT drop_partitions($1)", parameters)[0].int32(0))
        }
    }

    /// Puts down that an instance runs; answers whether its last run did not end cleanly.
    public func markStarted(_ instance: String) throws -> Bool {
        try withConnection { connection in
            var parameters = Parameters()
            parameters.append(instance)
            let rows = try connection.query(
                "INSERT INTO lane_runs (lane) VALUES ($1) ON CONFLICT DO NOTHING RETURNING lane", parameters)
            return rows.isEmpty
        }
    }

    public func markStopped(_ instance: String) throws {
        try withConnection { connection in
            var parameters = Parameters()
            parameters.append(instance)
            try connection.query("DELETE FROM lane_runs WHERE lane = $1", parameters)
        }
    }

    public func countAttempt(at offset: Int64, of partition: TopicPartition) throws -> Int {
        try attempts.withLock { connection in
            let rows = try connection.open().query(
                """
                INSERT INTO lane_attempts AS a (topic, partition, record_offset, attempts) VALUES ($1, $2, $3, 1)
                ON CONFLICT (topic, partition, record_offset) DO UPDATE SET attempts = a.attempts + 1
                RETURNING attempts - 1
                """, Self.place(offset, partition))
            return Int(rows[0].int32(0))
        }
    }

    public func forgetAttempts(at offset: Int64, of partition: TopicPartition) throws {
        try attempts.withLock { connection in
            _ = try connection.open().query(
                "DELETE FROM lane_attempts WHERE topic = $1 AND partition = $2 AND record_offset = $3",
                Self.place(offset, partition))
        }
    }

    private static func place(_ offset: Int64, _ partition: TopicPartition) -> Parameters {
        var parameters = Parameters()
        parameters.append(partition.topic)
        parameters.append(partition.partition)
        parameters.append(offset)
        return parameters
    }

    /// A connection for this one question: these come at a start, at a stop and once an hour.
    func withConnection<Result>(_ body: (Connection) throws -> Result) throws -> Result {
        let connection = try Connection(
            url, parameters: ["application_name": "\(service) upkeep", "connect_timeout": "5"])
        defer { connection.close() }
        return try body(connection)
    }
}
