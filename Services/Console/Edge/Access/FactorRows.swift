import Contracts
import Postgres

/// Second factors and the codes that stand in for a lost one.
enum FactorRows {
    /// Begins to set one up; it counts once a code of it has been shown.
    static func begin(
        _ factor: SecondFactor, of userID: Int64, in transaction: borrowing Transaction
    ) throws(PostgresError) {
        try transaction.rows(
            """
            UPDATE users SET factor_secret = \(factor.secret), factor_confirmed_at = NULL, factor_last_step = NULL
            WHERE user_id = \(userID) AND factor_confirmed_at IS NULL
            """)
    }

    static func confirm(
        _ userID: Int64, step: Int64, codes: [[UInt8]], at now: Instant, in transaction: borrowing Transaction
    ) throws(PostgresError) {
        try transaction.rows(
            "UPDATE users SET factor_confirmed_at = \(now), factor_last_step = \(step) WHERE user_id = \(userID)")
        try transaction.rows("DELETE FROM recovery_codes WHERE user_id = \(userID)")
        for code in codes {
            try transaction.rows("INSERT INTO recovery_codes (user_id, code_hash) VALUES (\(userID), \(code))")
        }
    }

    static func remove(_ userID: Int64, in transaction: borrowing Transaction) throws(PostgresError) {
        try transaction.rows(
            """
            UPDATE users SET factor_secret = NULL, factor_confirmed_at = NULL, factor_last_step = NULL
            WHERE user_id = \(userID)
            """)
        try transaction.rows("DELETE FROM recovery_codes WHERE user_id = \(userID)")
    }

    /// Uses a code up; false when another request has used it, or a later one, before.
    static func use(
        _ step: Int64, of userID: Int64, in transaction: borrowing Transaction
    ) throws(PostgresError) -> Bool {
        try transaction.rows(
            """
            UPDATE users SET factor_last_step = \(step)
            WHERE user_id = \(userID) AND coalesce(factor_last_step, -1) < \(step)
            """
        ).affectedRowCount == 1
    }

    /// Uses a recovery code up; false when it is none of the user's.
    static func useRecovery(
        _ code: [UInt8], of userID: Int64, in transaction: borrowing Transaction
    ) throws(PostgresError) -> Bool {
        try transaction.rows(
            "DELETE FROM recovery_codes WHERE user_id = \(userID) AND code_hash = \(code)"
        ).affectedRowCount == 1
    }
}
