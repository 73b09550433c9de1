import Foundation
import Postgres

/// A schema of one test, dropped when the test ends; every connection made here has it as its search path.
final class TestSchema: Sendable {
    struct Missing: Error, CustomStringConvertible {
        let description = "DATABASE_URL is not set: these tests need a PostgreSQL, they are never skipped"
    }

    let name: String
    let url: String

    init() throws {
        guard let url = ProcessInfo.processInfo.environment["DATABASE_URL"] else { throw Missing() }
        self.url = url
        name = "test_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
    }

    /// - Parameter settings: Server settings, such as `-c default_transaction_isolation=serializable`.
    func connect(settings: String = "", answerTimeoutMilliseconds: Int32 = 30_000) throws -> Connection {
        try Connection(
            url,
            parameters: [
                "application_name": name,
                // A test that would wait for a lock for ever fails instead.
                "options": "-c search_path=\(name) -c lock_timeout=20s \(settings)",
            ],
            answerTimeoutMilliseconds: answerTimeoutMilliseconds)
    }

    /// Runs a test in a fresh schema of its own.
    static func with(_ script: String = "", _ body: (TestSchema, Connection) throws -> Void) throws {
        let schema = try TestSchema()
        let owner = try schema.connect()
        try owner.run(script: "CREATE SCHEMA \(schema.name)")
        defer {
            do {
                try schema.connect().run(script: "DROP SCHEMA \(schema.name) CASCADE")
            } catch {
                fatalError("the schema \(schema.name) stays behind: \(error)")
            }
        }
        try owner.run(script: script)
        try body(schema, owner)
    }
}

/// Work on a thread of its own, because a connection blocks its caller.
final class OwnThread: Sendable {
    private let finished = DispatchSemaphore(value: 0)
    /// Written before `finished` is signalled, read after.
    nonisolated(unsafe) private var outcome: Result<Void, any Error> = .success(())

    init(_ work: @escaping @Sendable () throws -> Void) {
        Thread.detachNewThread { [self] in
            unsafe outcome = Result(catching: work)
            finished.signal()
        }
    }

    struct StillRunning: Error {}

    /// Waits at most 60 seconds and throws what the work has thrown.
    func join() throws {
        guard finished.wait(timeout: .now() + 60) == .success else { throw StillRunning() }
        try unsafe outcome.get()
    }
}

struct NeverHappened: Error {}

/// Asks until the answer is yes, at most 30 seconds.
func waitUntil(_ isTrue: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while try !isTrue() {
        guard ContinuousClock.now < deadline else { throw NeverHappened() }
    }
}

extension Connection {
    /// Waits until another session stands in front of a lock.
    func waitUntilBlocked(_ processID: Int32) throws {
        try waitUntil {
            var parameters = Parameters()
            parameters.append(processID)
            return try query("SELECT cardinality(pg_blocking_pids($1)) > 0", parameters)[0].bool(0)
        }
    }
}

/// The `PostgresError` of a body that must fail with one.
func postgresError(of body: () throws -> Void) throws -> PostgresError {
    do {
        try body()
    } catch let error as PostgresError {
        return error
    }
    throw NeverHappened()
}

func parameters(_ fill: (inout Parameters) -> Void) -> Parameters {
    var parameters = Parameters()
    fill(&parameters)
    return parameters
}
