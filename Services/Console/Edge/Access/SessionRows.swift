import ConsoleDomain
import Contracts
import Postgres

/// A session with its user, as one request needs them.
struct KnownSession: Sendable {
    let session: Session
    let viewer: Viewer
    let language: Language?
    let theme: Theme?
}

enum SessionRows {
    /// The session of a token that still counts.
    static func find(
        _ token: String, at now: Instant, _ limits: SessionLimits, in connection: Connection
    ) throws -> KnownSession? {
        var parameters = Parameters()
        parameters.append(Secret.hash(token))
        parameters.appendTimestamp(milliseconds: now.milliseconds)
        parameters.appendTimestamp(milliseconds: now.milliseconds - limits.idle.milliseconds)
        let rows = try connection.query(
            """
            SELECT s.session_id, s.needs_factor, s.seen_at, u.user_id, u.name, u.display_name, u.must_change_password,
                u.scope_kind, array_to_string(u.scope_values, ','), u.language, u.theme,
                coalesce((SELECT string_agg(ur.role, ',') FROM user_roles ur WHERE ur.user_id = u.user_id), ''),
                coalesce((SELECT string_agg(array_to_string(r.permissions, ','), ',')
                    FROM user_roles ur JOIN roles r USING (role) WHERE ur.user_id = u.user_id), '')
            FROM sessions s JOIN users u USING (user_id)
            WHERE s.token_hash = $1 AND s.ends_at > $2 AND s.seen_at > $3 AND u.disabled_at IS NULL
            """, parameters)
        guard let row = rows.first else { return nil }
        let needsFactor = row.bool(1)
        return KnownSession(
            session: Session(
                sessionID: row.int64(0), token: token, userID: row.int64(3), needsFactor: needsFactor,
                seenAt: row.instant(2)),
            viewer: needsFactor
                ? .nobody
                : Viewer(
                    userID: row.int64(3), name: row.text(4), displayName: row.text(5),
                    permissions: RoleRows.permissions(roles: row.list(11), custom: row.list(12)),
                    scope: DataScope.read(row.text(7), row.list(8)), mustChangePassword: row.bool(6)),
            language: row.textOrNil(9).flatMap(Language.init(rawValue:)),
            theme: row.textOrNil(10).flatMap(Theme.init(rawValue:)))
    }

    /// Writes a new session down.
    ///
    /// - Returns: Its token.
    static func open(
        user: Int64, needsFactor: Bool, _ visit: Visit, in transaction: borrowing Transaction
    ) throws(PostgresError) -> String {
        let token = Secret.token()
        let life = needsFactor ? SessionLimits.factor : visit.tools.settings.sessions.whole
        var parameters = Parameters()
        parameters.append(Secret.hash(token))
        parameters.append(user)
        parameters.append(needsFactor)
        parameters.appendTimestamp(milliseconds: visit.now.milliseconds)
        parameters.appendTimestamp(milliseconds: (visit.now + life).milliseconds)
        parameters.append(visit.address)
        parameters.append(String(visit.agent.prefix(200)))
        try transaction.run(
            """
            INSERT INTO sessions (token_hash, user_id, needs_factor, created_at, seen_at, ends_at, address, agent)
            VALUES ($1, $2, $3, $4, $4, $5, $6, $7)
            """, parameters)
        return token
    }

    static func see(_ sessionID: Int64, at now: Instant, in transaction: borrowing Transaction) throws(PostgresError) {
        var parameters = Parameters()
        parameters.append(sessionID)
        parameters.appendTimestamp(milliseconds: now.milliseconds)
        try transaction.run("UPDATE sessions SET seen_at = $2 WHERE session_id = $1", parameters)
    }

    /// Ends one session of a user; does nothing for somebody else's.
    static func close(
        _ sessionID: Int64, of user: Int64, in transaction: borrowing Transaction
    ) throws(PostgresError) {
        var parameters = Parameters()
        parameters.append(sessionID)
        parameters.append(user)
        try transaction.run("DELETE FROM sessions WHERE session_id = $1 AND user_id = $2", parameters)
    }

    /// Ends every session of a user: what it was opened with no longer holds.
    static func closeAll(of user: Int64, in transaction: borrowing Transaction) throws(PostgresError) {
        var parameters = Parameters()
        parameters.append(user)
        try transaction.run("DELETE FROM sessions WHERE user_id = $1", parameters)
    }

    static func closeOthers(
        than sessionID: Int64, of user: Int64, in transaction: borrowing Transaction
    ) throws(PostgresError) {
        try transaction.rows("DELETE FROM sessions WHERE user_id = \(user) AND session_id <> \(sessionID)")
    }

    /// Where a user is signed in, latest first.
    static func all(
        of user: Int64, at now: Instant, in connection: Connection
    ) throws(PostgresError) -> [OpenSession] {
        try connection.rows(
            """
            SELECT session_id, created_at, seen_at, address, agent FROM sessions
            WHERE user_id = \(user) AND ends_at > \(now) AND NOT needs_factor ORDER BY seen_at DESC LIMIT 100
            """
        ).map { row in
            OpenSession(
                sessionID: row.int64(0), createdAt: row.instant(1), seenAt: row.instant(2), address: row.text(3),
                agent: row.text(4))
        }
    }

    /// Forgets what has ended.
    static func sweep(at now: Instant, in transaction: borrowing Transaction) throws(PostgresError) {
        var parameters = Parameters()
        parameters.appendTimestamp(milliseconds: now.milliseconds)
        try transaction.run("DELETE FROM sessions WHERE ends_at < $1", parameters)
    }
}

extension DataScope {
    /// A scope out of the table, which a constraint keeps in order; one that is not shows nothing.
    static func read(_ kind: String, _ values: [String]) -> DataScope {
        Kind(rawValue: kind).flatMap { DataScope($0, values) } ?? .channels([])
    }
}
