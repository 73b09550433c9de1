import ConsoleDomain
import Contracts
import Postgres

/// One member of a downline with what its part of the tree has sold.
struct TeamMember: Sendable {
    let memberID: String
    let name: String?
    let grade: String?
    let isActive: Bool
    let joinedAt: Instant?
    /// Directly below.
    let children: Int64
    /// Itself and everybody below.
    let size: Int64
    let ownOrders: Int64
    let ownAmount: Int64
    let teamOrders: Int64
    let teamAmount: Int64
}

/// The tree below a member, one level at a time.
enum TeamRows {
    static let pageLength = 50

    /// Those directly below a member, whoever's part has sold most first.
    ///
    /// - Parameter currency: Of the orders that are counted.
    static func children(
        of parent: String, _ scope: ScopeSQL, from: Instant, to: Instant, _ currency: String,
        after place: Place?, in connection: Connection
    ) throws(PostgresError) -> [TeamMember] {
        try connection.rows(
            """
            WITH RECURSIVE below AS (
                SELECT m.member_id AS top, m.member_id FROM members m WHERE m.parent_id = \(parent)
                UNION SELECT b.top, m.member_id FROM members m JOIN below b ON m.parent_id = b.member_id
                WHERE \(scope.members("m"))
            ), sold AS (
                SELECT b.top, count(*) AS size, sum(s.orders)::int8 AS orders, sum(s.amount)::int8 AS amount,
                    (sum(s.orders) FILTER (WHERE b.member_id = b.top))::int8 AS own_orders,
                    (sum(s.amount) FILTER (WHERE b.member_id = b.top))::int8 AS own_amount
                FROM below b CROSS JOIN LATERAL (\(sales("b", scope, from, to, currency))) s GROUP BY 1
            )
            SELECT m.member_id, m.name, m.grade, m.status = 'active', m.joined_at,
                (SELECT count(*) FROM members c WHERE c.parent_id = m.member_id AND \(scope.members("c"))), s.size,
                s.own_orders, s.own_amount, s.orders, s.amount
            FROM sold s JOIN members m ON m.member_id = s.top
            WHERE \(scope.members("m")) AND \(behind(place))
            ORDER BY s.amount DESC, m.member_id LIMIT \(pageLength + 1)
            """
        ).map(member)
    }

    /// A member with the sums of its tree; nil when it is none of the viewer's.
    static func top(
        _ memberID: String, _ scope: ScopeSQL, from: Instant, to: Instant, _ currency: String,
        in connection: Connection
    ) throws(PostgresError) -> TeamMember? {
        try connection.rows(
            """
            WITH RECURSIVE below AS (
                SELECT \(memberID)::text AS member_id
                UNION SELECT m.member_id FROM members m JOIN below b ON m.parent_id = b.member_id
                WHERE \(scope.members("m"))
            ), sold AS (
                SELECT count(*) AS size, sum(s.orders)::int8 AS orders, sum(s.amount)::int8 AS amount,
                    (sum(s.orders) FILTER (WHERE b.member_id = \(memberID)))::int8 AS own_orders,
                    (sum(s.amount) FILTER (WHERE b.member_id = \(memberID)))::int8 AS own_amount
                FROM below b CROSS JOIN LATERAL (\(sales("b", scope, from, to, currency))) s
            )
            SELECT m.member_id, m.name, m.grade, m.status = 'active', m.joined_at,
                (SELECT count(*) FROM members c WHERE c.parent_id = m.member_id AND \(scope.members("c"))), s.size,
                s.own_orders, s.own_amount, s.orders, s.amount
            FROM members m CROSS JOIN sold s WHERE m.member_id = \(memberID) AND \(scope.members("m"))
            """
        ).first.map(member)
    }

    /// The way from a member up to the viewer's own, nearest first.
    static func way(
        from memberID: String, upTo own: String, in connection: Connection
    ) throws(PostgresError) -> [String] {
        try connection.rows(
            """
            WITH RECURSIVE above AS (
                SELECT m.member_id, m.parent_id, 0 AS steps FROM members m WHERE m.member_id = \(memberID)
                UNION ALL SELECT m.member_id, m.parent_id, a.steps + 1
                FROM members m JOIN above a ON m.member_id = a.parent_id AND a.member_id <> \(own)
                WHERE a.steps < 20
            ) SELECT member_id FROM above ORDER BY steps
            """
        ).map { $0.text(0) }
    }

    /// Where a page ends.
    struct Place: Sendable, Equatable {
        let amount: Int64
        let memberID: String

        var text: String { "\(amount).\(memberID)" }

        init(_ member: TeamMember) {
            amount = member.teamAmount
            memberID = member.memberID
        }

        init?(text: String) {
            let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2, let amount = Int64(parts[0]) else { return nil }
            self.amount = amount
            memberID = parts[1]
        }
    }

    private static func behind(_ place: Place?) -> SQL {
        guard let place else { return "TRUE" }
        return
            "(s.amount < \(place.amount) OR (s.amount = \(place.amount) AND m.member_id > \(place.memberID)))"
    }

    private static func sales(_ row: SQL, _ scope: ScopeSQL, _ from: Instant, _ to: Instant, _ currency: String) -> SQL
    {
        """
        SELECT count(*) AS orders, coalesce(sum(o.total), 0) AS amount FROM orders o
        WHERE \(scope.orders("o")) AND o.seller = \(row).member_id AND o.placed_at >= \(from) AND o.placed_at < \(to)
            AND o.currency = \(currency) AND \(PortalSalesRows.isSale)
        """
    }

    private static func member(_ row: Row) -> TeamMember {
        TeamMember(
            memberID: row.text(0), name: row.textOrNil(1), grade: row.textOrNil(2), isActive: row.bool(3),
            joinedAt: row.instantOrNil(4), children: row.int64(5), size: row.int64(6),
            ownOrders: row.int64OrNil(7) ?? 0, ownAmount: row.int64OrNil(8) ?? 0, teamOrders: row.int64(9),
            teamAmount: row.int64(10))
    }
}
