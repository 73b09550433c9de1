import ConsoleDomain
import Contracts
import Postgres

/// One order as lists show it.
struct OrderListRow: Sendable {
    let orderID: String
    let externalOrderID: String
    let channel: String
    let placedAt: Instant
    let province: String?
    let city: String?
    let currency: String
    let total: Int64
    let paid: Int64
    let refunded: Int64
    let state: String
    let stock: String
    let refund: String
    let holds: [String]
    let flag: String?
    let seller: String?
    let warehouses: [String]
    let parcels: Int64
    let hasOpenCase: Bool

    /// The cursor of a page that begins beside this order.
    func cursor(_ sort: OrderSort, isBackwards: Bool) -> OrderCursor {
        OrderCursor(value: sort == .amount ? total : placedAt.milliseconds, orderID: orderID, isBackwards: isBackwards)
    }
}

/// A line of a listed order.
struct OrderListLine: Sendable {
    let sku: String
    let name: String?
    let quantity: Int64
}

/// Part of a list of orders.
struct OrderListPart: Sendable {
    var rows: [OrderListRow]
    var hasNext: Bool
    var hasPrevious: Bool
}

enum OrderListRows {
    static let pageSize = 50
    /// Beyond so many a page does not say how many there are.
    static let mostCounted: Int64 = 1000
    static let mostInTab: Int64 = 100

    /// One page from the cursor on, in the order of the filter.
    ///
    /// - Parameter isShort: The whole list is known to be short: it is found first and sorted then. The planner cannot
    ///   know that of a rare warehouse or SKU, and would walk along the sorted index to the end.
    static func part(
        _ conditions: OrderConditions, at cursor: OrderCursor?, limit: Int = pageSize, isShort: Bool = false,
        in connection: Connection
    ) throws(PostgresError) -> OrderListPart {
        let isBackwards = cursor?.isBackwards == true
        var sql: SQL
        if isShort {
            sql = "WITH listed AS MATERIALIZED (SELECT o.* FROM orders o WHERE \(conditions.all)) "
            sql += "\(columns) FROM listed o WHERE TRUE"
        } else {
            sql = "\(columns) FROM orders o WHERE \(conditions.all)"
        }
        if let cursor { sql += " AND \(conditions.beyond(cursor))" }
        let order = conditions.order(isBackwards: isBackwards)
        let found = try connection.rows("\(sql) ORDER BY \(order) LIMIT \(limit + 1)")
        let hasMore = found.count > limit
        let rows = found.prefix(limit).map(row)
        return OrderListPart(
            rows: isBackwards ? rows.reversed() : rows, hasNext: isBackwards || hasMore,
            hasPrevious: isBackwards ? hasMore : cursor != nil)
    }

    /// How many there are; one more than `most` stands for more than that.
    static func count(
        _ conditions: OrderConditions, most: Int64, in connection: Connection
    ) throws(PostgresError) -> Int64 {
        try connection.rows(
            "SELECT count(*) FROM (SELECT FROM orders o WHERE \(conditions.all) LIMIT \(most + 1)) AS counted"
        )[0].int64(0)
    }

    /// How many orders wait in views that somebody has to work on; `mostInTab` stands for that many and more.
    static func waiting(
        _ scope: ScopeSQL, _ calendar: BusinessCalendar, in connection: Connection
    ) throws(PostgresError) -> [OrderTab: Int64] {
        var sql: SQL = "SELECT 0"
        for tab in OrderTab.worked {
            var filter = OrderFilter()
            filter.tab = tab
            let conditions = OrderConditions(filter: filter, term: nil, scope: scope, calendar: calendar)
            sql +=
                ", (SELECT count(*) FROM (SELECT FROM orders o WHERE \(conditions.all) LIMIT \(mostInTab)) AS counted)"
        }
        let row = try connection.rows(sql)[0]
        return Dictionary(
            uniqueKeysWithValues: OrderTab.worked.enumerated().map { ($0.element, row.int64($0.offset + 1)) })
    }

    /// Those of some orders that the viewer sees, newest first.
    static func some(
        _ orderIDs: [String], _ scope: ScopeSQL, in connection: Connection
    ) throws(PostgresError) -> [OrderListRow] {
        try connection.rows(
            """
            \(columns) FROM orders o WHERE o.order_id = ANY(\(orderIDs)) AND o.placed_at IS NOT NULL AND \(scope.orders("o"))
            ORDER BY o.placed_at DESC, o.order_id DESC
            """
        ).map(row)
    }

    /// The lines of some orders, by order.
    static func lines(_ orderIDs: [String], in connection: Connection) throws(PostgresError) -> [String:
        [OrderListLine]]
    {
        let rows = try connection.rows(
            """
            SELECT l.order_id, l.sku, i.body ->> 'name', l.quantity FROM order_lines l
            LEFT JOIN current_records i ON i.topic = 'catalog.items.v1' AND i.key = l.sku
            WHERE l.order_id = ANY(\(orderIDs)) ORDER BY l.order_id, l.line_id
            """)
        return Dictionary(
            grouping: rows.map {
                ($0.text(0), OrderListLine(sku: $0.text(1), name: $0.textOrNil(2), quantity: $0.int64(3)))
            }, by: \.0
        ).mapValues { $0.map(\.1) }
    }

    private static let columns: SQL = """
        SELECT o.order_id, o.external_order_id, o.channel, o.placed_at, o.province, o.city, o.currency, o.total, o.paid,
            o.refunded, o.state, o.stock_status, o.refund_status, array_to_string(o.holds, ','), o.flag, o.seller,
            array_to_string(o.warehouses, ','),
            (SELECT count(*) FROM parcels p
                WHERE p.order_id = o.order_id AND p.direction = 'out' AND p.state <> 'cancelled'),
            EXISTS (SELECT FROM cases c WHERE c.order_id = o.order_id AND c.ended_at IS NULL)
        """

    private static func row(_ row: Row) -> OrderListRow {
        OrderListRow(
            orderID: row.text(0), externalOrderID: row.textOrNil(1) ?? "", channel: row.textOrNil(2) ?? "",
            placedAt: row.instant(3), province: row.textOrNil(4), city: row.textOrNil(5),
            currency: row.textOrNil(6) ?? "", total: row.int64OrNil(7) ?? 0, paid: row.int64(8), refunded: row.int64(9),
            state: row.textOrNil(10) ?? "pending-payment", stock: row.text(11), refund: row.text(12),
            holds: row.list(13), flag: row.textOrNil(14), seller: row.textOrNil(15), warehouses: row.list(16),
            parcels: row.int64(17), hasOpenCase: row.bool(18))
    }
}
