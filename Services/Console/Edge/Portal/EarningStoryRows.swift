import ConsoleDomain
import Contracts
import Postgres

/// What a member has of one order.
struct Earning: Sendable {
    let orderID: String
    let memberID: String
    let currency: String
    let level: Int64?
    let accrued: Int64
    let matured: Int64
    let reversedFrozen: Int64
    let reversedMatured: Int64
    let isHeld: Bool
    let channel: String?
    let state: String?
    let placedAt: Instant?

    var frozen: Int64 { accrued - matured - reversedFrozen }
    /// What is still there, frozen or not.
    var rest: Int64 { accrued - reversedFrozen - reversedMatured }
}

enum EarningStoryRows {
    static func find(
        _ orderID: String, _ member: String, _ scope: ScopeSQL, in connection: Connection
    ) throws(PostgresError) -> Earning? {
        try connection.rows(
            """
            \(columns) WHERE \(scope.earnings("e")) AND e.order_id = \(orderID) AND e.member_id = \(member)
                AND e.currency IS NOT NULL
            """
        ).first.map(earning)
    }

    /// Those that a member has asked about and nobody has answered, by order.
    static func disputed(
        _ scope: ScopeSQL, after place: (orderID: String, memberID: String)?, limit: Int, in connection: Connection
    ) throws(PostgresError) -> [Earning] {
        let behind: SQL = place.map { "(e.order_id, e.member_id) > (\($0.orderID), \($0.memberID))" } ?? "TRUE"
        return try connection.rows(
            """
            \(columns) WHERE e.holds::text <> '{}' AND e.holds::text LIKE '% dispute"%' AND \(scope.earnings("e"))
                AND e.currency IS NOT NULL AND \(behind) ORDER BY e.order_id, e.member_id LIMIT \(limit)
            """
        ).map(earning)
    }

    /// What commission has told of an order, oldest first.
    static func facts(of orderID: String, in connection: Connection) throws -> [(type: String, body: JSONObject)] {
        try connection.rows(
            """
            SELECT type, body FROM facts WHERE key = \(orderID) AND topic = \(Topic.commissionEntries.name)
                AND body IS NOT NULL ORDER BY version
            """
        ).map { ($0.text(0), try JSONDocument.object(Array($0.text(1).utf8))) }
    }

    /// A member's name in the open; nil for one that has none.
    static func memberName(_ member: String, in connection: Connection) throws(PostgresError) -> String? {
        try connection.rows("SELECT name FROM members WHERE member_id = \(member)").first?.textOrNil(0)
    }

    private static let columns: SQL = """
        SELECT e.order_id, e.member_id, e.currency, e.level, e.accrued, e.matured, e.reversed_frozen,
            e.reversed_matured, e.holds::text <> '{}', o.channel, o.state, o.placed_at
        FROM earnings e LEFT JOIN orders o USING (order_id)
        """

    private static func earning(_ row: Row) -> Earning {
        Earning(
            orderID: row.text(0), memberID: row.text(1), currency: row.text(2), level: row.int64OrNil(3),
            accrued: row.int64(4), matured: row.int64(5), reversedFrozen: row.int64(6), reversedMatured: row.int64(7),
            isHeld: row.bool(8), channel: row.textOrNil(9), state: row.textOrNil(10), placedAt: row.instantOrNil(11))
    }
}
