import Contracts
import Postgres

/// A filter that somebody has kept as a view of their own.
struct SavedView: Sendable {
    let viewID: Int64
    let name: String
    /// The filter as it stands in an address.
    let query: String
}

enum SavedViewRows {
    static let maximumCount = 20

    static func all(of userID: Int64, in connection: Connection) throws(PostgresError) -> [SavedView] {
        try connection.rows(
            "SELECT view_id, name, query FROM saved_views WHERE user_id = \(userID) ORDER BY view_id"
        ).map { SavedView(viewID: $0.int64(0), name: $0.text(1), query: $0.text(2)) }
    }

    /// Keeps a view, in place of one of the same name.
    ///
    /// - Returns: False when the user has too many already.
    static func save(
        _ name: String, _ query: String, of userID: Int64, in transaction: borrowing Transaction
    ) throws(PostgresError) -> Bool {
        try transaction.rows(
            """
            INSERT INTO saved_views (user_id, name, query)
            SELECT \(userID), \(name), \(query)
            WHERE (SELECT count(*) FROM saved_views WHERE user_id = \(userID) AND name <> \(name)) < \(maximumCount)
            ON CONFLICT (user_id, name) DO UPDATE SET query = EXCLUDED.query
            """
        ).affectedRowCount == 1
    }

    /// - Returns: False when it is none of the user's.
    static func delete(
        _ viewID: Int64, of userID: Int64, in transaction: borrowing Transaction
    ) throws(PostgresError) -> Bool {
        try transaction.rows("DELETE FROM saved_views WHERE view_id = \(viewID) AND user_id = \(userID)")
            .affectedRowCount == 1
    }
}
