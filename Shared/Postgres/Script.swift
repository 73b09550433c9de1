extension Session {
    /// Runs a text of many statements by the simple protocol.
    ///
    /// - Throws: The first error; the session is then outside any transaction, or closed.
    func run(script: String) throws(PostgresError) {
        guard !script.utf8.contains(0) else {
            throw PostgresError(sqlState: "22021", message: "the script holds U+0000, where libpq would cut it off")
        }
        try sendScript(script)
        var failure: PostgresError?
        while let answer = try nextAnswer() {
            guard answer.kind != .done, failure == nil else { continue }
            let error = PostgresError(report: answer)
            failure = error
            if error.isConnectionLost {
                close()
                throw error
            }
        }
        if isIdle {
            try endScript()
        } else {
            close()
            failure = failure ?? PostgresError(message: "the script left a transaction open", isConnectionLost: true)
        }
        if let failure { throw failure }
    }
}
