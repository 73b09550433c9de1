import ConsoleDomain
import Postgres

/// Roles that the mall has made itself, beside the ready ones.
enum RoleRows {
    /// What the roles of a user allow together.
    ///
    /// - Parameter custom: The permissions of those that are no ready ones.
    static func permissions(roles: [String], custom: [String]) -> Set<Permission> {
        let ready = roles.compactMap(ReadyRole.init(rawValue:)).map(\.role.permissions)
        return ready.reduce(into: Set(custom.compactMap(Permission.init(rawValue:)))) { $0.formUnion($1) }
    }

    /// The ready roles and then the mall's own, by code.
    static func all(in connection: Connection) throws(PostgresError) -> [Role] {
        let rows = try connection.query("SELECT role, name, array_to_string(permissions, ',') FROM roles ORDER BY role")
        return ReadyRole.allCases.map(\.role)
            + rows.map { row in
                Role(
                    code: row.text(0), name: row.text(1),
                    permissions: Set(row.list(2).compactMap(Permission.init(rawValue:))))
            }
    }

    static func save(_ role: Role, in transaction: borrowing Transaction) throws(PostgresError) {
        var parameters = Parameters()
        parameters.append(role.code)
        parameters.append(role.name)
        parameters.append(role.permissions.sorted().map(\.rawValue))
        try transaction.run(
            """
            INSERT INTO roles (role, name, permissions) VALUES ($1, $2, $3)
            ON CONFLICT (role) DO UPDATE SET name = excluded.name, permissions = excluded.permissions
            """, parameters)
    }

    static func isUsed(_ code: String, in transaction: borrowing Transaction) throws(PostgresError) -> Bool {
        try !transaction.rows("SELECT FROM user_roles WHERE role = \(code) LIMIT 1").isEmpty
    }

    static func delete(_ code: String, in transaction: borrowing Transaction) throws(PostgresError) {
        var parameters = Parameters()
        parameters.append(code)
        try transaction.run("DELETE FROM roles WHERE role = $1", parameters)
    }

    /// Ends the sessions of everybody who has a role: it no longer allows the same.
    static func closeSessions(of code: String, in transaction: borrowing Transaction) throws(PostgresError) {
        var parameters = Parameters()
        parameters.append(code)
        try transaction.run(
            """
            DELETE FROM sessions WHERE user_id IN (SELECT user_id FROM user_roles WHERE role = $1)
            """, parameters)
    }
}
