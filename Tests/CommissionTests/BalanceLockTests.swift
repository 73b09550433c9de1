import CommissionDomain
import Contracts
import Dispatch
import Postgres
import Support
import Synchronization
import Testing

@testable import Commission

@Suite("Locks on balances")
struct BalanceLockTests {
    private static let members = (1...9).map { "M\($0)" }

    private static let journal = Journal(
        number: 1, of: .order(.sample), kind: .accrue, cause: "test", at: .sample, currency: "CNY",
        amounts: members.map { LedgerEntry(.frozen(member: $0), 1) } + [LedgerEntry(.expense, -9)])

    /// Whoever waits for the first row holds none of the others, so no two batches wait for each other in a circle.
    @Test func theyAreTakenInTheOrderOfTheirKeys() throws {
        try CommissionDatabase.with { database in
            try database.connection.transaction { try BalanceRows.add([Self.journal], in: $0) }
            let observer = try database.connect()
            let finished = DispatchSemaphore(value: 0)
            let failure = Mutex<String?>(nil)
            let writer = try database.connect()
            let writerID = writer.backendProcessID
            nonisolated(unsafe) let owned = writer
            try database.connection.transaction { transaction in
                try transaction.query("SELECT FROM balances WHERE member_id = 'M1' FOR UPDATE")
                DispatchQueue.global().async {
                    do {
                        try unsafe owned.transaction { try BalanceRows.add([Self.journal], in: $0) }
                    } catch {
                        failure.withLock { $0 = "\(error)" }
                    }
                    finished.signal()
                }
                try observer.waitUntilBlocked(writerID)
                let free = try observer.query(
                    "SELECT FROM balances WHERE member_id <> 'M1' ORDER BY member_id FOR UPDATE SKIP LOCKED")
                #expect(free.count == 8)
            }
            #expect(finished.wait(timeout: .now() + 30) == .success)
            #expect(failure.withLock { $0 } == nil)
            #expect(try database.number("SELECT sum(amount)::int8 FROM balances") == 18)
        }
    }
}

@Suite("Locks on members' accounts")
struct AccountLockTests {
    /// Where no row is there yet, as for a member's first command beside its first statement.
    @Test func firstOnesOfAMemberQueue() throws {
        try CommissionDatabase.with { database in
            let observer = try database.connect()
            let finished = DispatchSemaphore(value: 0)
            let seen = Mutex<Int64?>(nil)
            let second = try database.connect()
            let secondID = second.backendProcessID
            nonisolated(unsafe) let owned = second
            try database.connection.transaction { transaction in
                #expect(try AccountRows.load(["M3"], in: transaction).isEmpty)
                DispatchQueue.global().async {
                    // What it throws shows as a count that was never seen.
                    try? unsafe owned.transaction { transaction in
                        let count = try AccountRows.load(["M3", "M1"], in: transaction).first?.journals
                        seen.withLock { $0 = count }
                    }
                    finished.signal()
                }
                try observer.waitUntilBlocked(secondID)
                let account = MemberAccount(
                    "M3", payouts: 0, journals: 1, payee: nil, hasHadPayee: false, income: nil, commandIDs: [])
                try AccountRows.save([account], in: transaction)
            }
            #expect(finished.wait(timeout: .now() + 30) == .success)
            #expect(seen.withLock { $0 } == 1)
        }
    }
}

extension Connection {
    /// Waits at most 30 seconds until another session stands in front of a lock.
    fileprivate func waitUntilBlocked(_ processID: Int32) throws {
        var parameters = Parameters()
        parameters.append(processID)
        let deadline = ContinuousClock.now + .seconds(30)
        while try !query("SELECT cardinality(pg_blocking_pids($1)) > 0", parameters)[0].bool(0) {
            guard ContinuousClock.now < deadline else { throw NeverBlocked() }
        }
    }

    private struct NeverBlocked: Error {}
}
