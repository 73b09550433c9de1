import ConsoleDomain
import Contracts
import Postgres

/// Something that is guessed at, and how often that may happen.
struct LoginDoor: Sendable {
    /// `user/<name>`, `address/<address>`.
    private let key: String
    private let lockout: Lockout

    static func user(_ name: String) -> LoginDoor {
        LoginDoor(key: "user/\(name.lowercased())", lockout: .ofUser)
    }

    static func address(_ address: String) -> LoginDoor {
        LoginDoor(key: "address/\(address)", lockout: .ofAddress)
    }

    static func factor(_ userID: Int64) -> LoginDoor { LoginDoor(key: "factor/\(userID)", lockout: .ofUser) }

    /// Counts a try at each door before it is known whether it is right, so that many at once count as many.
    ///
    /// - Returns: Until when one of them is shut, in which case nothing is counted.
    static func knock(
        _ doors: [LoginDoor], at now: Instant, in transaction: borrowing Transaction
    ) throws(PostgresError) -> Instant? {
        let oldest = now + .milliseconds(-Lockout.memory.milliseconds)
        try transaction.rows("DELETE FROM login_tries WHERE tried_at < \(oldest)")
        var states: [(door: LoginDoor, tries: Int)] = []
        var shut: Instant?
        // Always in the order of the keys, so that two callers cannot wait for each other.
        for door in doors.sorted(by: { $0.key < $1.key }) {
            let (tries, end) = try door.lock(at: now, in: transaction)
            states.append((door, tries))
            if let end, end > now { shut = max(end, shut ?? end) }
        }
        if let shut { return shut }
        for (door, tries) in states { try door.count(tries + 1, at: now, in: transaction) }
        return nil
    }

    /// The try was right, so it does not count.
    func takeBack(in transaction: borrowing Transaction) throws(PostgresError) {
        try transaction.rows(
            """
            UPDATE login_tries SET tries = greatest(tries - 1, 0), locked_until = NULL
            WHERE door_hash = \(Secret.hash(key))
            """)
    }

    /// Whoever may come in has nothing held against them any more.
    func forget(in transaction: borrowing Transaction) throws(PostgresError) {
        try transaction.rows("DELETE FROM login_tries WHERE door_hash = \(Secret.hash(key))")
    }

    private func lock(
        at now: Instant, in transaction: borrowing Transaction
    ) throws(PostgresError) -> (tries: Int, end: Instant?) {
        let rows = try transaction.rows(
            """
            INSERT INTO login_tries AS d (door_hash, tries, tried_at) VALUES (\(Secret.hash(key)), 0, \(now))
            ON CONFLICT (door_hash) DO UPDATE SET tries = d.tries
            RETURNING tries, locked_until
            """)
        return (Int(rows[0].int32(0)), rows[0].instantOrNil(1))
    }

    private func count(
        _ tries: Int, at now: Instant, in transaction: borrowing Transaction
    ) throws(PostgresError) {
        try transaction.rows(
            """
            UPDATE login_tries SET tries = \(tries)::int8, tried_at = \(now),
                locked_until = \(lockout.end(after: tries, at: now)) WHERE door_hash = \(Secret.hash(key))
            """)
    }
}
