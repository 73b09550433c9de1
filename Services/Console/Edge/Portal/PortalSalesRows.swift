import Contracts
import Postgres

/// What was sold in some time.
struct PortalSales: Sendable {
    var orders: Int64 = 0
    var amount = CurrencySums()
    /// Accrued less what was taken back.
    var commission = CurrencySums()

    static func += (left: inout PortalSales, right: PortalSales) {
        left.orders += right.orders
        left.amount += right.amount
        left.commission += right.commission
    }
}

/// What a member itself has sold and earned.
enum PortalSalesRows {
    /// Orders by day of `from..<to`; cancelled ones and replacements are no sales.
    static func byDay(
        of member: String, _ scope: ScopeSQL, from: CivilDay, to: CivilDay, _ calendar: BusinessCalendar,
        in connection: Connection
    ) throws(PostgresError) -> [CivilDay: PortalSales] {
        let start = calendar.start(of: from)
        let end = calendar.start(of: to)
        var figures: [CivilDay: PortalSales] = [:]
        let orders = try connection.rows(
            """
            SELECT o.day, o.currency, count(*), sum(o.total)::int8 FROM orders o
            WHERE \(scope.orders("o")) AND o.seller = \(member) AND o.placed_at >= \(start) AND o.placed_at < \(end)
                AND \(isSale) GROUP BY 1, 2
            """)
        for row in orders {
            figures[CivilDay(daysSinceEpoch: row.daysSinceEpoch(0)), default: PortalSales()] += PortalSales(
                orders: row.int64(2), amount: CurrencySums(row.int64(3), row.text(1)))
        }
        let commission = try connection.rows(
            """
            SELECT (e.at AT TIME ZONE \(calendar.timeZoneIdentifier))::date, e.currency, sum(e.amount)::int8
            FROM entries e WHERE \(scope.payouts("e")) AND e.member_id = \(member) AND e.at >= \(start)
                AND e.at < \(end) AND e.kind IN ('accrued', 'reversed') GROUP BY 1, 2
            """)
        for row in commission {
            figures[CivilDay(daysSinceEpoch: row.daysSinceEpoch(0)), default: PortalSales()] += PortalSales(
                commission: CurrencySums(row.int64(2), row.text(1)))
        }
        return figures
    }

    /// Openings of the member's links.
    static func visits(
        of member: String, from: CivilDay, to: CivilDay, in connection: Connection
    ) throws(PostgresError) -> Int64 {
        try connection.rows(
            """
            SELECT coalesce(sum(visits), 0)::int8 FROM visits
            WHERE member_id = \(member) AND day >= \(from) AND day < \(to)
            """)[0].int64(0)
    }

    /// The newest entry's time: statements of a shifted clock run ahead of the machine's.
    static func newest(of member: String, in connection: Connection) throws(PostgresError) -> Instant? {
        try connection.rows("SELECT max(at) FROM entries WHERE member_id = \(member)")[0].instantOrNil(0)
    }

    /// Of the last day with sales of the member, or of its line: what pages begin with.
    static func last(
        of member: String, ofLine: Bool, in connection: Connection
    ) throws(PostgresError) -> (day: CivilDay, currency: String)? {
        let counted: SQL = ofLine ? "orders > 0" : "own_orders > 0"
        return try connection.rows(
            "SELECT day, currency FROM member_days WHERE member_id = \(member) AND \(counted) ORDER BY day DESC LIMIT 1"
        ).first.map { (CivilDay(daysSinceEpoch: $0.daysSinceEpoch(0)), $0.text(1)) }
    }

    static let isSale: SQL =
        "o.state IS DISTINCT FROM 'cancelled' AND o.kind IS DISTINCT FROM 'replacement' AND o.currency IS NOT NULL"
}
