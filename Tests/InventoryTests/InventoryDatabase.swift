import Foundation
import Pipeline
import Postgres
import Support

@testable import Inventory

extension TestDatabase {
    /// Runs a test in a schema of inventory's tables.
    static func withInventory(_ body: (TestDatabase) throws -> Void) throws {
        try with(InventorySchema.migrations, body)
    }

    /// Changes rows behind the service's back.
    func run(_ sql: StaticString) throws {
        let connection = try connect()
        defer { connection.close() }
        try connection.query(sql)
    }

    /// The one number that a query answers.
    func number(_ sql: StaticString) throws -> Int64 {
        let connection = try connect()
        defer { connection.close() }
        return try connection.query(sql)[0].int64(0)
    }
}

/// Work on a thread of its own, because a lane blocks its caller.
final class OwnThread: Sendable {
    struct StillRunning: Error {}

    private let finished = DispatchSemaphore(value: 0)
    /// Written before `finished` is signalled, read after.
    nonisolated(unsafe) private var outcome: Result<Void, any Error> = .success(())

    init(_ work: @escaping @Sendable () throws -> Void) {
        Thread.detachNewThread { [self] in
            unsafe outcome = Result(catching: work)
            finished.signal()
        }
    }

    /// Waits at most two minutes and throws what the work has thrown.
    func join() throws {
        guard finished.wait(timeout: .now() + 120) == .success else { throw StillRunning() }
        try unsafe outcome.get()
    }
}
