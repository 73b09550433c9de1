/// An open transaction of a `Connection`, lent to the body of `Connection.transaction`.
///
/// BEGIN travels with the first statement and writes wait for the next `query` or COMMIT: a transaction that reads once
/// costs two round trips. After an error every further call throws that same error and nothing more is sent; even when
/// the body swallows it, the transaction is rolled back and the error is thrown.
public struct Transaction: ~Copyable {
    private let pipeline: StatementPipeline

    init(_ pipeline: StatementPipeline) {
        self.pipeline = pipeline
    }

    /// Queues a statement whose rows nobody reads.
    ///
    /// - Throws: The error of an earlier statement. This one's error is thrown by the next `query`, or by COMMIT.
    public func run(_ sql: StaticString, _ parameters: Parameters = Parameters()) throws(PostgresError) {
        try send(sql, parameters, returnsRows: false)
    }

    /// Runs a statement, after all that was queued, in one round trip.
    ///
    /// - Throws: Its own error, or the first error of those queued before.
    @discardableResult
    public func query(_ sql: StaticString, _ parameters: Parameters = Parameters()) throws(PostgresError) -> Rows {
        try queries([(sql, parameters)])[0]
    }

    /// Runs several statements, after all that was queued, in one round trip.
    ///
    /// - Returns: The rows of each statement, in order.
    /// - Throws: The first error.
    public func queries(_ statements: [(StaticString, Parameters)]) throws(PostgresError) -> [Rows] {
        guard !statements.isEmpty else { return [] }
        for (sql, parameters) in statements { try send(sql, parameters, returnsRows: true) }
        try pipeline.sendFlushRequest()
        let rows = try pipeline.readAnswers()
        if let failure = pipeline.failure { throw failure }
        return rows
    }

    /// Runs a statement that was put together, after all that was queued, in one round trip.
    ///
    /// - Throws: Its own error, or the first error of those queued before.
    @discardableResult
    public func rows(_ sql: SQL) throws(PostgresError) -> Rows {
        if let failure = pipeline.failure { throw failure }
        try pipeline.beginIfNeeded()
        try pipeline.send(composed: sql)
        try pipeline.sendFlushRequest()
        let rows = try pipeline.readAnswers()
        if let failure = pipeline.failure { throw failure }
        return rows[0]
    }

    private func send(_ sql: StaticString, _ parameters: Parameters, returnsRows: Bool) throws(PostgresError) {
        if let failure = pipeline.failure { throw failure }
        try pipeline.beginIfNeeded()
        try pipeline.send(sql, parameters, returnsRows: returnsRows)
    }
}
