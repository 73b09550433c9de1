import ConsoleDomain
import Contracts
import Postgres

/// A token by which a program acts for a user.
struct APIToken: Sendable {
    let tokenID: Int64
    let name: String
    let permissions: Set<Permission>
    let createdAt: Instant
    let endsAt: Instant
    let usedAt: Instant?
}

enum TokenRows {
    /// So that a token that leaked is found by searching.
    static let prefix = "trb_"

    /// Who acts with a token, which is noted; nil for one that does not count.
    static func use(_ token: String, at now: Instant, in transaction: borrowing Transaction) throws -> Viewer? {
        guard token.hasPrefix(prefix) else { return nil }
        var parameters = Parameters()
        parameters.append(Secret.hash(token))
        parameters.appendTimestamp(milliseconds: now.milliseconds)
        let rows = try transaction.query(
            """
            UPDATE api_tokens t SET used_at = $2 FROM users u
            WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.ends_at > $2
                AND u.user_id = t.user_id AND u.disabled_at IS NULL
            RETURNING u.user_id, u.name, u.display_name, u.scope_kind, array_to_string(u.scope_values, ','),
                array_to_string(t.permissions, ','),
                coalesce((SELECT string_agg(ur.role, ',') FROM user_roles ur WHERE ur.user_id = u.user_id), ''),
                coalesce((SELECT string_agg(array_to_string(r.permissions, ','), ',')
                    FROM user_roles ur JOIN roles r USING (role) WHERE ur.user_id = u.user_id), '')
            """, parameters)
        guard let row = rows.first else { return nil }
        let owner = Viewer(
            userID: row.int64(0), name: row.text(1), displayName: row.text(2),
            permissions: RoleRows.permissions(roles: row.list(6), custom: row.list(7)),
            scope: DataScope.read(row.text(3), row.list(4)))
        return owner.limited(to: Set(row.list(5).compactMap(Permission.init(rawValue:))))
    }

    /// Of a user, those that count, newest first.
    static func all(of user: Int64, at now: Instant, in connection: Connection) throws -> [APIToken] {
        var parameters = Parameters()
        parameters.append(user)
        parameters.appendTimestamp(milliseconds: now.milliseconds)
        return try connection.query(
            """
            SELECT token_id, name, array_to_string(permissions, ','), created_at, ends_at, used_at FROM api_tokens
            WHERE user_id = $1 AND revoked_at IS NULL AND ends_at > $2 ORDER BY token_id DESC
            """, parameters
        ).map { row in
            APIToken(
                tokenID: row.int64(0), name: row.text(1),
                permissions: Set(row.list(2).compactMap(Permission.init(rawValue:))), createdAt: row.instant(3),
                endsAt: row.instant(4), usedAt: row.instantOrNil(5))
        }
    }

    static func add(
        _ token: String, named name: String, _ permissions: Set<Permission>, of user: Int64, at now: Instant,
        until end: Instant, in transaction: borrowing Transaction
    ) throws {
        var parameters = Parameters()
        parameters.append(Secret.hash(token))
        parameters.append(user)
        parameters.append(name)
        parameters.append(permissions.sorted().map(\.rawValue))
        parameters.appendTimestamp(milliseconds: now.milliseconds)
        parameters.appendTimestamp(milliseconds: end.milliseconds)
        try transaction.run(
            """
            INSERT INTO api_tokens (token_hash, user_id, name, permissions, created_at, ends_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """, parameters)
    }

    static func revoke(
        _ tokenID: Int64, of user: Int64, at now: Instant, in transaction: borrowing Transaction
    ) throws {
        var parameters = Parameters()
        parameters.append(tokenID)
        parameters.append(user)
        parameters.appendTimestamp(milliseconds: now.milliseconds)
        try transaction.run(
            "UPDATE api_tokens SET revoked_at = $3 WHERE token_id = $1 AND user_id = $2 AND revoked_at IS NULL",
            parameters)
    }
}
