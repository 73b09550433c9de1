import ConsoleDomain
import Contracts
import Postgres

/// Reads master records and their versions.
enum MasterRows {
    static let pageSize = 50

    struct Found: Sendable {
        let key: String
        let offset: Int64
        let body: [UInt8]
    }

    struct Version: Sendable {
        let offset: Int64
        let effectiveFrom: Instant
        let recordedAt: Instant
        /// Nil for a record that was ended.
        let body: [UInt8]?
    }

    /// At most `limit` records in the order of their keys.
    static func list(
        _ scope: MasterScope, search: String?, after: String, limit: Int, in connection: Connection
    ) throws(PostgresError) -> [Found] {
        let term = try search.map { text throws(PostgresError) in try found(by: text, scope.kind, in: connection) }
        return try connection.rows(
            """
            SELECT r.key, r.partition_offset, r.body FROM current_records r
            WHERE r.topic = \(scope.kind.topic.name) AND r.key > \(after) AND \(scope.sees("r"))
                AND \(term ?? "TRUE")
            ORDER BY r.key LIMIT \(limit)
            """
        ).map(found)
    }

    /// Bindings are many: they are found by their member, or by how the buyer's id begins, both of which have an index.
    private static func found(
        by text: String, _ kind: MasterKind, in connection: Connection
    ) throws(PostgresError) -> SQL {
        guard kind == .bindings else {
            return """
                (strpos(lower(r.key), lower(\(text))) > 0 OR strpos(lower(coalesce(r.body ->> 'name', '')),
                    lower(\(text))) > 0)
                """
        }
        if try connection.rows("SELECT EXISTS (SELECT FROM members WHERE member_id = \(text))")[0].bool(0) {
            return "r.topic = 'distribution.bindings.v1' AND r.body ->> 'memberId' = \(text)"
        }
        return """
            r.topic = 'distribution.bindings.v1' AND (r.key = \(text)
                OR starts_with(substr(r.key, strpos(r.key, '/') + 1), \(text)))
            """
    }

    static func find(
        _ scope: MasterScope, _ key: String, in connection: Connection
    ) throws(PostgresError) -> Found? {
        try connection.rows(
            """
            SELECT r.key, r.partition_offset, r.body FROM current_records r
            WHERE r.topic = \(scope.kind.topic.name) AND r.key = \(key) AND \(scope.sees("r"))
            """
        ).first.map(found)
    }

    /// The present versions of some keys.
    static func bodies(
        _ scope: MasterScope, _ keys: [String], in connection: Connection
    ) throws(PostgresError) -> [String: [UInt8]] {
        let rows = try connection.rows(
            """
            SELECT r.key, r.partition_offset, r.body FROM current_records r
            WHERE r.topic = \(scope.kind.topic.name) AND r.key = ANY(\(keys)) AND \(scope.sees("r"))
            """)
        return Dictionary(rows.map { ($0.text(0), Array($0.text(2).utf8)) }) { first, _ in first }
    }

    /// All versions of one, the newest first.
    static func versions(
        _ scope: MasterScope, _ key: String, in connection: Connection
    ) throws(PostgresError) -> [Version] {
        try connection.rows(
            """
            SELECT r.partition_offset, r.effective_from, r.recorded_at, r.body FROM records r
            WHERE r.topic = \(scope.kind.topic.name) AND r.key = \(key) AND \(scope.sees("r"))
            ORDER BY r.partition_offset DESC LIMIT 50
            """
        ).map { row in
            Version(
                offset: row.int64(0), effectiveFrom: row.instant(1), recordedAt: row.instant(2),
                body: row.textOrNil(3).map { Array($0.utf8) })
        }
    }

    /// Members as far as a record of the kind needs them: all for their tree, of bindings only who is named.
    static func tree(
        _ kind: MasterKind, naming memberIDs: [String], in connection: Connection
    ) throws(PostgresError) -> MemberTree {
        guard kind == .members || kind == .bindings else { return MemberTree() }
        let named: SQL = kind == .members ? "TRUE" : "member_id = ANY(\(memberIDs))"
        let rows = try connection.rows("SELECT member_id, coalesce(parent_id, '') FROM members WHERE \(named)")
        return MemberTree(Dictionary(rows.map { ($0.text(0), $0.text(1)) }) { first, _ in first })
    }

    private static func found(_ row: Row) -> Found {
        Found(key: row.text(0), offset: row.int64(1), body: Array(row.text(2).utf8))
    }
}
