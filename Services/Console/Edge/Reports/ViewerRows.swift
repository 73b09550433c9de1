import ConsoleDomain
import Postgres

/// Users as those whom their reports are written for.
enum ViewerRows {
    /// With what the user may do and see now; `nil` for one that is disabled.
    static func find(_ userID: Int64, in connection: Connection) throws(PostgresError) -> Viewer? {
        guard
            let row = try connection.rows(
                """
                SELECT u.name, u.display_name, u.scope_kind, array_to_string(u.scope_values, ','),
                    coalesce((SELECT string_agg(ur.role, ',') FROM user_roles ur WHERE ur.user_id = u.user_id), ''),
                    coalesce((SELECT string_agg(array_to_string(r.permissions, ','), ',')
                        FROM user_roles ur JOIN roles r USING (role) WHERE ur.user_id = u.user_id), '')
                FROM users u WHERE u.user_id = \(userID) AND u.disabled_at IS NULL
                """
            ).first
        else { return nil }
        return Viewer(
            userID: userID, name: row.text(0), displayName: row.text(1),
            permissions: RoleRows.permissions(roles: row.list(4), custom: row.list(5)),
            scope: DataScope.read(row.text(2), row.list(3)))
    }
}
