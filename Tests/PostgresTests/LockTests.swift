import Foundation
import Postgres
import Testing

@Suite("Two connections")
struct LockTests {
    private static let accounts =
        "CREATE TABLE accounts (id int8 PRIMARY KEY, amount int8); INSERT INTO accounts VALUES (1, 0), (2, 0)"

    private static func lock(_ id: Int64, _ transaction: borrowing Transaction) throws -> Int64 {
        try transaction.query("SELECT amount FROM accounts WHERE id = $1 FOR UPDATE", parameters { $0.append(id) })[0]
            .int64(0)
    }

    @Test func theSecondSeesWhatTheFirstCommittedUnderTheLock() throws {
        try TestSchema.with(Self.accounts) { schema, connection in
            let observer = try schema.connect()
            let processIDs = Exchange<Int32>()
            var waiting: OwnThread?
            try connection.transaction { transaction in
                #expect(try Self.lock(1, transaction) == 0)
                waiting = OwnThread {
                    let other = try schema.connect()
                    processIDs.send(other.backendProcessID)
                    let amount = try other.transaction { try Self.lock(1, $0) }
                    #expect(amount == 5)
                }
                try observer.waitUntilBlocked(processIDs.receive())
                try transaction.run("UPDATE accounts SET amount = 5 WHERE id = 1")
            }
            try #require(waiting).join()
        }
    }

    @Test func lockingInOneOrderNeverDeadlocks() throws {
        try TestSchema.with(Self.accounts) { schema, connection in
            let threads = (0..<4).map { _ in
                OwnThread {
                    let connection = try schema.connect()
                    for _ in 0..<25 {
                        try connection.transaction { transaction in
                            _ = try transaction.query("SELECT id FROM accounts ORDER BY id FOR UPDATE")
                            try transaction.run("UPDATE accounts SET amount = amount + 1")
                        }
                    }
                }
            }
            for thread in threads { try thread.join() }
            #expect(try connection.query("SELECT min(amount) FROM accounts")[0].int64(0) == 100)
        }
    }

    @Test func lockingCrosswiseIsARetriableDeadlockForExactlyOne() throws {
        try TestSchema.with(Self.accounts) { schema, connection in
            let locked = Exchange<Void>()
            let crossing = Exchange<Void>()
            let failures = Exchange<PostgresError?>()
            let other = OwnThread {
                let connection = try schema.connect()
                failures.send(
                    Self.failure {
                        try connection.transaction { transaction in
                            _ = try Self.lock(2, transaction)
                            locked.send(())
                            try crossing.receive()
                            _ = try Self.lock(1, transaction)
                        }
                    })
            }
            let mine = Self.failure {
                try connection.transaction { transaction in
                    _ = try Self.lock(1, transaction)
                    try locked.receive()
                    crossing.send(())
                    _ = try Self.lock(2, transaction)
                }
            }
            try other.join()
            let errors = [mine, try failures.receive()].compactMap { $0 }
            #expect(errors.map(\.sqlState) == ["40P01"])
            #expect(errors.first?.isRetriable == true)
            #expect(try connection.query("SELECT 1").count == 1)
        }
    }

    private static func failure(of body: () throws -> Void) -> PostgresError? {
        do {
            try body()
            return nil
        } catch {
            return error as? PostgresError ?? PostgresError(message: "\(error)")
        }
    }

    @Test(arguments: ["repeatable\\ read", "serializable"])
    func changingWhatAnotherChangedMeanwhileIsARetriableSerializationFailure(isolation: String) throws {
        try TestSchema.with(Self.accounts) { schema, connection in
            let late = try schema.connect(settings: "-c default_transaction_isolation=\(isolation)")
            let error = try postgresError {
                try late.transaction { transaction in
                    _ = try transaction.query("SELECT amount FROM accounts")
                    try connection.query("UPDATE accounts SET amount = 7 WHERE id = 1")
                    _ = try transaction.query("UPDATE accounts SET amount = 8 WHERE id = 1")
                }
            }
            #expect(error.sqlState == "40001")
            #expect(error.isRetriable)
            #expect(try late.query("SELECT amount FROM accounts WHERE id = 1")[0].int64(0) == 7)
        }
    }
}

/// Hands values from one thread to another; each wait is at most 30 seconds.
final class Exchange<Value: Sendable>: Sendable {
    nonisolated(unsafe) private var values: [Value] = []  // guarded by `lock`
    private let lock = NSLock()
    private let available = DispatchSemaphore(value: 0)

    func send(_ value: Value) {
        lock.withLock { unsafe values.append(value) }
        available.signal()
    }

    func receive() throws -> Value {
        guard available.wait(timeout: .now() + 30) == .success else { throw NeverHappened() }
        return lock.withLock { unsafe values.removeFirst() }
    }
}
