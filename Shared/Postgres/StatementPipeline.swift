/// The statements sent and not yet answered, and the first failure among them.
///
/// The server answers in the order of sending; after a failure it skips everything up to the next sync.
/// - Source: PostgreSQL 15, "55.2.3. Extended Query", "34.5. Pipeline Mode".
final class StatementPipeline {
    private enum Sent {
        case preparation(Statement)
        /// Of a prepared statement, or of one that was put together.
        case execution(Statement?, returnsRows: Bool)
        /// `settles`: its answer tells that the work is done for good.
        case commit
        case sync(settles: Bool)

        var settles: Bool {
            switch self {
            case .preparation, .execution: false
            case .commit: true
            case .sync(let settles): settles
            }
        }
    }

    private let session: Session
    private var cache = StatementCache()
    private var unanswered: [Sent] = []
    private var answeredCount = 0

    /// The first failure since the last `clear`; nothing more is sent in its transaction.
    private(set) var failure: PostgresError?

    var hasBegun = false

    /// COMMIT has been answered by COMMIT.
    private(set) var isCommitted = false

    init(_ session: Session) {
        self.session = session
    }

    var hasUnanswered: Bool { answeredCount < unanswered.count }

    /// Whether the server is outside any transaction; only meaningful while nothing is unanswered.
    var isIdle: Bool { session.isIdle }

    func close() {
        session.close()
    }

    /// Makes ready for the next transaction.
    func end() {
        clear()
        hasBegun = false
        isCommitted = false
    }

    /// Forgets the failure, once everything has been answered.
    func clear() {
        failure = nil
        unanswered.removeAll(keepingCapacity: true)
        answeredCount = 0
    }

    /// Queues a statement, and its preparation at its first use.
    func send(
        _ sql: StaticString, _ parameters: Parameters, returnsRows: Bool = false, isCommit: Bool = false
    ) throws(PostgresError) {
        do {
            let statement = try prepared(sql, typeIDs: parameters.typeIDs)
            try session.sendExecution(of: statement, parameters)
            unanswered.append(isCommit ? .commit : .execution(statement, returnsRows: returnsRows))
        } catch {
            throw fail(error)
        }
    }

    /// Queues a statement that was put together: it is planned for its very values, and forgotten.
    func send(composed sql: SQL) throws(PostgresError) {
        let (text, parameters) = sql.rendered
        do {
            try session.send(text: text, parameters)
            unanswered.append(.execution(nil, returnsRows: true))
        } catch {
            throw fail(error)
        }
    }

    private func prepared(_ sql: StaticString, typeIDs: [UInt32]) throws(PostgresError) -> Statement {
        if let statement = cache.find(sql) {
            precondition(statement.typeIDs == typeIDs, "\(typeIDs) is not \(statement.typeIDs), the types of: \(sql)")
            return statement
        }
        let statement = cache.add(sql, typeIDs: typeIDs)
        do {
            try session.sendPreparation(of: statement)
        } catch {
            statement.isForgotten = true
            throw error
        }
        unanswered.append(.preparation(statement))
        return statement
    }

    func sendSync(settles: Bool) throws(PostgresError) {
        // Noted before it is sent: when sending fails, part of it may be under way.
        unanswered.append(.sync(settles: settles))
        do {
            try session.sendSync()
        } catch {
            throw lose(error)
        }
    }

    func sendFlushRequest() throws(PostgresError) {
        do {
            try session.sendFlushRequest()
        } catch {
            throw fail(error)
        }
    }

    /// Reads the answers to all that was sent.
    ///
    /// - Returns: The rows of each statement sent with `returnsRows`, in order; fewer when `failure` is set.
    /// - Throws: When the connection is lost, and only then: other failures wait in `failure`.
    func readAnswers() throws(PostgresError) -> [Rows] {
        var rows: [Rows] = []
        while hasUnanswered {
            let sent = unanswered[answeredCount]
            if case .sync = sent {
                try readSync()
            } else if let answer = try readAnswer(to: sent) {
                rows.append(Rows(answer))
            }
            answeredCount += 1
        }
        return rows
    }

    /// Reads up to the end of one statement's answers: one answer, or a failure.
    private func readAnswer(to sent: Sent) throws(PostgresError) -> Answer? {
        var rows: Answer?
        while let answer = try receive() {
            switch (answer.kind, sent) {
            case (.done, .commit):
                isCommitted = answer.commandTag == "COMMIT"
                if !isCommitted { fail(PostgresError(message: "COMMIT was answered by \(answer.commandTag)")) }
            case (.done, .execution(_, returnsRows: true)): rows = answer
            case (.done, _): break
            case (.skipped, .preparation(let statement)): statement.isForgotten = true
            case (.skipped, _): break
            case (.failed, _): try take(PostgresError(report: answer), of: sent)
            case (.synchronised, _): throw lose(outOfStep)
            }
        }
        return rows
    }

    /// A deferred constraint of a statement outside a transaction fails here, before the sync's own answer.
    private func readSync() throws(PostgresError) {
        // Failure, its end, the sync's answer: more than that is out of step.
        for _ in 0..<3 {
            guard let answer = try receive() else { continue }
            if answer.kind == .synchronised { return }
            try take(PostgresError(report: answer), of: unanswered[answeredCount])
        }
        throw lose(outOfStep)
    }

    private var outOfStep: PostgresError {
        PostgresError(message: "libpq's answers are out of step", isConnectionLost: true)
    }

    private func receive() throws(PostgresError) -> Answer? {
        do {
            return try session.nextAnswer()
        } catch {
            throw lose(error)
        }
    }

    /// Notes a failure that the server reported.
    private func take(_ error: PostgresError, of sent: Sent) throws(PostgresError) {
        switch sent {
        case .preparation(let statement): statement.isForgotten = true
        case .execution(let statement, _) where error.isOutdatedPlan: statement?.isForgotten = true
        default: break
        }
        guard error.isConnectionLost else {
            fail(error)
            return
        }
        // The server's last word stands at the statement it could not finish; without one, anything may have happened.
        throw lose(error, mayHaveSettled: error.sqlState == nil ? nil : sent.settles)
    }

    /// Gives the connection up: the session is closed, so the server rolls back what it has not committed.
    private func lose(_ error: PostgresError, mayHaveSettled: Bool? = nil) -> PostgresError {
        var error = error
        error.outcomeUnknown = mayHaveSettled ?? unanswered[answeredCount...].contains(where: \.settles)
        let first = fail(error)
        session.close()
        answeredCount = unanswered.count
        return first
    }

    /// Notes a failure unless there was an earlier one, and returns the first.
    @discardableResult
    private func fail(_ error: PostgresError) -> PostgresError {
        let first = failure ?? error
        failure = first
        return first
    }
}
