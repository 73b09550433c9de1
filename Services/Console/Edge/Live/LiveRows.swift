import Contracts
import Postgres

/// What open pages ask of the read tables.
enum LiveRows {
    /// Told at once; more than that is read anew.
    static let limit = 500

    struct Order: Sendable, Equatable {
        let orderID: String
        let changedAt: Instant
        let placedAt: Instant
    }

    /// The newest changes of everybody, newest first; at the beginning of time the newest ones there are. Always the
    /// same of those that changed together, or the next reading would find news among them.
    static func changes(
        since: Instant, in connection: Connection
    ) throws(PostgresError) -> [LiveFeed.Change] {
        try connection.rows(
            """
            SELECT order_id, changed_at FROM orders WHERE changed_at > \(since)
            ORDER BY changed_at DESC, order_id LIMIT \(limit)
            """
        ).map { LiveFeed.Change(orderID: $0.text(0), at: $0.instant(1)) }
    }

    /// Those of some orders that are the viewer's.
    static func visible(
        _ orderIDs: [String], _ scope: ScopeSQL, in connection: Connection
    ) throws(PostgresError) -> [Order] {
        try connection.rows(
            """
            SELECT o.order_id, o.changed_at, o.placed_at FROM orders o
            WHERE o.order_id = ANY(\(orderIDs)) AND o.placed_at IS NOT NULL AND \(scope.orders("o"))
            ORDER BY o.changed_at
            """
        ).map(order)
    }

    /// The viewer's that have changed while its page was away; one more than are told.
    static func missed(
        since: Instant, _ scope: ScopeSQL, in connection: Connection
    ) throws(PostgresError) -> [Order] {
        try connection.rows(
            """
            SELECT o.order_id, o.changed_at, o.placed_at FROM (
                SELECT * FROM orders WHERE changed_at > \(since) ORDER BY changed_at DESC LIMIT \(limit + 1)
            ) o WHERE o.placed_at IS NOT NULL AND \(scope.orders("o")) ORDER BY o.changed_at
            """
        ).map(order)
    }

    /// The newest change of all and the newest order of the viewer's: what a page that was made just now shows.
    static func now(_ scope: ScopeSQL, in connection: Connection) throws(PostgresError) -> LivePlace {
        let changed = try connection.rows("SELECT max(changed_at) FROM orders")[0].instantOrNil(0)
        let placed = try connection.rows(
            """
            SELECT o.placed_at FROM orders o WHERE o.placed_at IS NOT NULL AND \(scope.orders("o"))
            ORDER BY o.placed_at DESC LIMIT 1
            """)
        return LivePlace(
            changedAt: changed ?? Instant(milliseconds: 0),
            placedAt: placed.first?.instant(0) ?? Instant(milliseconds: 0))
    }

    private static func order(_ row: Row) -> Order {
        Order(orderID: row.text(0), changedAt: row.instant(1), placedAt: row.instant(2))
    }
}
