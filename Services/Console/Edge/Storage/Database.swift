import Postgres

/// The console's tables for code that must not block: a few threads with a connection each.
///
/// No other part of the site opens a connection.
final class Database: Sendable {
    private let workers: WorkerThreads<Line>

    init(url: String, threads: Int) {
        workers = WorkerThreads(name: "site-database", count: threads, limit: 256) { Line(url: url) }
    }

    /// Reads on one connection; done once more when the connection turns out to be lost.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await workers.run { line in
            do {
                return try body(line.open())
            } catch let error as PostgresError where error.isConnectionLost {
                return try body(line.open())
            }
        }
    }

    /// Commits what the body writes, or nothing of it.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await workers.run { line in try line.open().transaction(body) }
    }

    func close() { workers.close() }

    /// One thread's connection, opened anew after it was lost.
    private final class Line {
        private let url: String
        private var connection: Connection?

        init(url: String) { self.url = url }

        /// What was asked of the tables differs too much from one time to the next for a plan to be kept.
        func open() throws(PostgresError) -> Connection {
            if let connection, connection.isAlive { return connection }
            connection?.close()
            connection = nil
            let fresh = try Connection(
                url,
                parameters: [
                    "application_name": "console site", "connect_timeout": "5",
                    "options": "-c statement_timeout=20000 -c lock_timeout=5000 -c jit=off"
                        + " -c max_parallel_workers_per_gather=1 -c work_mem=16MB"
                        + " -c idle_in_transaction_session_timeout=60000",
                ])
            connection = fresh
            return fresh
        }
    }
}
