import ConsoleDomain
import Contracts
import Postgres

/// A user as those see them who manage users.
struct User: Sendable, Equatable {
    let userID: Int64
    let name: String
    let displayName: String
    let roles: [String]
    let scope: DataScope
    let hasFactor: Bool
    let isDisabled: Bool
    let createdAt: Instant
    let seenAt: Instant?
}

/// What signing in needs of a user.
struct Credentials: Sendable {
    let userID: Int64
    let name: String
    let passwordHash: String
    let factor: SecondFactor?
    let isFactorConfirmed: Bool
    let lastStep: Int64?
}

enum UserRows {
    /// At most 1000: the people of a mall.
    static func all(in connection: Connection) throws(PostgresError) -> [User] {
        try connection.query(
            """
            SELECT u.user_id, u.name, u.display_name, u.scope_kind, array_to_string(u.scope_values, ','),
                u.factor_confirmed_at IS NOT NULL, u.disabled_at IS NOT NULL, u.created_at,
                (SELECT max(s.seen_at) FROM sessions s WHERE s.user_id = u.user_id),
                coalesce((SELECT string_agg(ur.role, ',' ORDER BY ur.role) FROM user_roles ur
                    WHERE ur.user_id = u.user_id), '')
            FROM users u ORDER BY u.disabled_at IS NOT NULL, u.name LIMIT 1000
            """
        ).map(user)
    }

    static func find(_ userID: Int64, in connection: Connection) throws(PostgresError) -> User? {
        try all(in: connection).first { $0.userID == userID }
    }

    private static func user(_ row: Row) -> User {
        User(
            userID: row.int64(0), name: row.text(1), displayName: row.text(2), roles: row.list(9),
            scope: DataScope.read(row.text(3), row.list(4)), hasFactor: row.bool(5), isDisabled: row.bool(6),
            createdAt: row.instant(7), seenAt: row.instantOrNil(8))
    }

    /// Of a user who may sign in.
    static func credentials(_ name: String, in connection: Connection) throws(PostgresError) -> Credentials? {
        try connection.rows("\(credentialColumns) WHERE name = \(name.lowercased()) AND disabled_at IS NULL")
            .first.map(credentials)
    }

    static func credentials(
        _ userID: Int64, in transaction: borrowing Transaction
    ) throws(PostgresError) -> Credentials? {
        try transaction.rows("\(credentialColumns) WHERE user_id = \(userID) AND disabled_at IS NULL")
            .first.map(credentials)
    }

    static func isName(_ name: String, in transaction: borrowing Transaction) throws(PostgresError) -> Bool {
        try !transaction.rows("SELECT FROM users WHERE name = \(name.lowercased())").isEmpty
    }

    private static let credentialColumns: SQL =
        "SELECT user_id, name, password_hash, factor_secret, factor_confirmed_at IS NOT NULL, factor_last_step FROM users"

    private static func credentials(_ row: Row) -> Credentials {
        Credentials(
            userID: row.int64(0), name: row.text(1), passwordHash: row.text(2),
            factor: row.bytesOrNil(3).map(SecondFactor.init(secret:)), isFactorConfirmed: row.bool(4),
            lastStep: row.int64OrNil(5))
    }

    /// - Returns: The new user's id.
    /// - Throws: The constraint `users_name_key` for a name that is taken.
    static func add(
        _ name: String, _ displayName: String, passwordHash: String, mustChange: Bool, roles: [String],
        _ scope: DataScope, in transaction: borrowing Transaction
    ) throws(PostgresError) -> Int64 {
        let rows = try transaction.rows(
            """
            INSERT INTO users (name, display_name, password_hash, must_change_password, scope_kind, scope_values)
            VALUES (\(name), \(displayName), \(passwordHash), \(mustChange), \(scope.kind.rawValue), \(scope.values))
            RETURNING user_id
            """)
        let userID = rows[0].int64(0)
        try setRoles(roles, of: userID, in: transaction)
        return userID
    }

    static func change(
        _ userID: Int64, _ displayName: String, roles: [String], _ scope: DataScope,
        in transaction: borrowing Transaction
    ) throws(PostgresError) {
        try transaction.rows(
            """
            UPDATE users SET display_name = \(displayName), scope_kind = \(scope.kind.rawValue),
                scope_values = \(scope.values) WHERE user_id = \(userID)
            """)
        try setRoles(roles, of: userID, in: transaction)
    }

    private static func setRoles(
        _ roles: [String], of userID: Int64, in transaction: borrowing Transaction
    ) throws(PostgresError) {
        try transaction.rows("DELETE FROM user_roles WHERE user_id = \(userID)")
        try transaction.rows(
            "INSERT INTO user_roles (user_id, role) SELECT \(userID), role FROM unnest(\(roles)) AS role")
    }

    static func setPassword(
        _ passwordHash: String, mustChange: Bool, of userID: Int64, in transaction: borrowing Transaction
    ) throws(PostgresError) {
        try transaction.rows(
            """
            UPDATE users SET password_hash = \(passwordHash), must_change_password = \(mustChange)
            WHERE user_id = \(userID)
            """)
    }

    static func setDisabled(
        _ isDisabled: Bool, _ userID: Int64, at now: Instant, in transaction: borrowing Transaction
    ) throws(PostgresError) {
        try transaction.rows(
            "UPDATE users SET disabled_at = \(isDisabled ? now : nil) WHERE user_id = \(userID)")
    }

    static func setPreferences(
        language: Language?, theme: Theme?, of userID: Int64, in transaction: borrowing Transaction
    ) throws(PostgresError) {
        try transaction.rows(
            """
            UPDATE users SET language = coalesce(\(language?.rawValue), language),
                theme = coalesce(\(theme?.rawValue), theme) WHERE user_id = \(userID)
            """)
    }

    /// Whether somebody would be left who manages users, if this one did not.
    static func hasOtherManager(than userID: Int64, in transaction: borrowing Transaction) throws(PostgresError) -> Bool
    {
        // Locked together, so that two managers cannot end each other at the same moment.
        try transaction.rows("SELECT FROM users ORDER BY user_id FOR UPDATE")
        let ready = ReadyRole.allCases.filter { $0.role.permissions.contains(.usersManage) }.map(\.rawValue)
        let own: SQL = "SELECT role FROM roles WHERE \(Permission.usersManage.rawValue) = ANY(permissions)"
        return try transaction.rows(
            """
            SELECT EXISTS (
                SELECT FROM users u JOIN user_roles ur USING (user_id)
                WHERE u.disabled_at IS NULL AND u.user_id <> \(userID)
                    AND (ur.role = ANY(\(ready)) OR ur.role IN (\(own))))
            """)[0].bool(0)
    }
}
