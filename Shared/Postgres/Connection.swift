/// A connection to PostgreSQL for one thread: every call blocks its caller until the server has answered.
///
/// It is not `Sendable`: the thread that opens it keeps it. Once lost it stays lost; open another one.
/// All waits are bounded: connecting by `connect_timeout` (10 s unless told otherwise), each silence of the server by
/// `answerTimeoutMilliseconds`. Locks and long statements are bounded by the server's own `lock_timeout` and
/// `statement_timeout`, set in `options`.
public final class Connection {
    private let session: Session
    private let pipeline: StatementPipeline
    private var isInUse = false

    /// - Parameters:
    ///   - url: A libpq URI or `key=value` text.
    ///   - parameters: Further keywords of libpq, stronger than the URL: `application_name`, `options` …
    ///   - answerTimeoutMilliseconds: How long the server may stay silent while it owes an answer, before the connection
    ///     is given up for lost.
    /// - Throws: `isConnectionLost`, hence retriable, when no connection comes about; not retriable for a URL that
    ///   libpq cannot read. Never quotes the URL, which holds the password.
    public init(
        _ url: String, parameters: [String: String] = [:], answerTimeoutMilliseconds: Int32 = 600_000
    ) throws(PostgresError) {
        session = try Session(
            url: url, parameters: parameters, answerTimeoutMilliseconds: answerTimeoutMilliseconds)
        pipeline = StatementPipeline(session)
    }

    /// Runs the body in a transaction: commits when it returns, rolls back when it throws.
    ///
    /// - Throws: The body's own error, or the first `PostgresError`: of a queued write, of COMMIT (a deferred
    ///   constraint), or of a statement whose error the body swallowed.
    public func transaction<Result>(_ body: (borrowing Transaction) throws -> Result) throws -> Result {
        begin()
        defer { isInUse = false }
        let result: Result
        do {
            result = try body(Transaction(pipeline))
        } catch {
            pipeline.rollBack()
            throw error
        }
        try pipeline.commit()
        return result
    }

    /// The transaction that is open, for a store whose `transaction` calls its other methods.
    public var current: Transaction {
        precondition(isInUse, "no transaction is open")
        return Transaction(pipeline)
    }

    /// Runs one statement in a transaction of its own, in one round trip.
    ///
    /// - Throws: `outcomeUnknown` when the connection was lost before the server said that the statement is committed.
    @discardableResult
    public func query(_ sql: StaticString, _ parameters: Parameters = Parameters()) throws(PostgresError) -> Rows {
        begin()
        defer { isInUse = false }
        return try pipeline.queryAlone { () throws(PostgresError) in
            try pipeline.send(sql, parameters, returnsRows: true)
        }
    }

    /// Runs one statement that was put together, in a transaction of its own, in one round trip.
    ///
    /// It is planned anew each time, for its very values; a statement that is always the same belongs into `query`.
    @discardableResult
    public func rows(_ sql: SQL) throws(PostgresError) -> Rows {
        begin()
        defer { isInUse = false }
        return try pipeline.queryAlone { () throws(PostgresError) in try pipeline.send(composed: sql) }
    }

    /// Runs a text of many statements: for migrations and DDL only, because nothing in it is a parameter.
    ///
    /// The server runs it as one transaction, unless it says BEGIN and COMMIT itself.
    /// - Throws: The first error; statements after it have not run. A script that leaves a transaction open is an error
    ///   and closes the connection.
    public func run(script: String) throws(PostgresError) {
        begin()
        defer { isInUse = false }
        try session.run(script: script)
    }

    /// Waits for what a `LISTEN` of this connection asked for.
    ///
    /// - Parameters:
    ///   - timeoutMilliseconds: The longest wait; 0 only looks.
    ///   - fileDescriptor: Ends the wait when it becomes readable (an eventfd); it is not read from.
    /// - Returns: What has arrived; nothing when the time is over or the descriptor is readable.
    /// - Throws: When the connection is lost.
    public func wait(
        forNotification timeoutMilliseconds: Int, alsoReadable fileDescriptor: Int32? = nil
    ) throws(PostgresError) -> [Notification] {
        begin()
        defer { isInUse = false }
        return try session.waitForNotifications(
            timeoutMilliseconds: timeoutMilliseconds, alsoReadable: fileDescriptor)
    }

    /// Whether the connection was alive when it was last used; it does not ask the server.
    public var isAlive: Bool { session.isAlive }

    /// The server's process that serves this connection, as in `pg_stat_activity.pid`.
    public var backendProcessID: Int32 { session.backendProcessID }

    /// Ends the session; the server rolls back what is open. Every later call throws `isConnectionLost`.
    public func close() {
        session.close()
    }

    private func begin() {
        precondition(!isInUse, "inside a transaction only the Transaction may be used")
        isInUse = true
    }
}
