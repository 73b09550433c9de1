import Postgres
import Support
import Testing

/// What else may happen to a database while a service works on it.
extension TestDatabase {
    /// Runs statements as the administrator, in the test's schema.
    func execute(_ script: String) throws {
        let administrator = try administrator()
        defer { administrator.close() }
        try administrator.run(script: script)
    }

    /// Ends sessions of the service's role from outside, as a failing server would.
    ///
    /// - Parameter application: Their name or its pattern, `%` for all.
    func endSessions(named application: String, butNewest: Bool = false) throws {
        let administrator = try administrator()
        defer { administrator.close() }
        var parameters = Parameters()
        parameters.append(name)
        parameters.append(application)
        parameters.append(Int64(butNewest ? 1 : 0))
        try administrator.query(
            """
            SELECT pg_terminate_backend(pid, 10000) FROM (SELECT pid FROM pg_stat_activity
                WHERE usename = $1 AND application_name LIKE $2 ORDER BY backend_start DESC OFFSET $3) AS victims
            """, parameters)
    }

    /// Waits until a session of the service's role stands in front of another's lock, at most 20 seconds.
    func waitUntilOneIsBlocked() throws {
        let administrator = try administrator()
        defer { administrator.close() }
        var parameters = Parameters()
        parameters.append(name)
        let deadline = ContinuousClock.now + .seconds(20)
        while try administrator.query(
            """
            SELECT 1 FROM pg_stat_activity WHERE usename = $1 AND cardinality(pg_blocking_pids(pid)) > 0
            """, parameters
        ).isEmpty {
            guard ContinuousClock.now < deadline else { throw NobodyIsBlocked() }
        }
    }

    private func administrator() throws -> Connection {
        try Connection(administratorURL, parameters: ["options": "-c search_path=\(name)"])
    }
}

struct NobodyIsBlocked: Error {}
