extension StatementPipeline {
    /// Queues BEGIN before a transaction's first statement.
    func beginIfNeeded() throws(PostgresError) {
        guard !hasBegun else { return }
        try send("BEGIN", Parameters())
        hasBegun = true
    }

    /// Sends COMMIT and waits for its answer; a transaction without statements costs nothing.
    ///
    /// - Throws: The transaction's first failure, after it has been rolled back. With `outcomeUnknown` when the
    ///   connection was lost between the sending of COMMIT and its answer.
    func commit() throws(PostgresError) {
        guard hasBegun else { return try throwFailure() }
        do {
            try throwFailure()
            try send("COMMIT", Parameters(), isCommit: true)
            try sendSync(settles: false)
            _ = try readAnswers()
            try throwFailure()
        } catch {
            // Lost after COMMIT's answer: the work is done, and the next use reports the loss.
            if isCommitted { return end() }
            rollBack()
            throw error
        }
        end()
    }

    /// Leaves the server outside any transaction, or closes the session, which makes the server roll back by itself.
    ///
    /// It throws nothing: the caller has an error to throw that says more.
    func rollBack() {
        defer { end() }
        guard hasBegun else { return }
        do {
            // After a failure the server skips everything up to a sync, so ROLLBACK would be skipped as well.
            if failure == nil { try send("ROLLBACK", Parameters()) }
            try sendSync(settles: false)
            _ = try readAnswers()
            guard !isIdle else { return }
            clear()
            try send("ROLLBACK", Parameters())
            try sendSync(settles: false)
            _ = try readAnswers()
            if !isIdle { close() }
        } catch {
            close()
        }
    }

    /// Runs one statement in a transaction of its own, in one round trip.
    func queryAlone(_ send: () throws(PostgresError) -> Void) throws(PostgresError) -> Rows {
        defer { end() }
        do {
            try send()
        } catch {
            // Its preparation may have been sent.
            if hasUnanswered { close() }
            throw error
        }
        try sendSync(settles: true)
        let rows = try readAnswers()
        try throwFailure()
        return rows[0]
    }

    private func throwFailure() throws(PostgresError) {
        if let failure { throw failure }
    }
}
