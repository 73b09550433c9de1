import ConsoleDomain
import Contracts
import Postgres

/// Where figures of orders are read: of the rollup that has exactly the wanted ones, else of the orders themselves.
///
/// - Source: `V004_rollups.sql`; a test compares both.
struct SalesSource {
    let filter: ReportFilter
    let scope: DataScope
    let currency: String

    enum Table: Equatable {
        /// Of a warehouse, or of all of them together.
        case sales(String)
        case member(String, isOwn: Bool)
        case orders
    }

    var table: Table {
        guard filter.category == nil else { return .orders }
        switch scope {
        case .all, .channels:
            guard let member = filter.member else { return .sales(filter.warehouse ?? "") }
            return filter.warehouse == nil ? .member(member, isOwn: false) : .orders
        case .warehouses(let own):
            guard filter.member == nil else { return .orders }
            if let warehouse = filter.warehouse { return own.contains(warehouse) ? .sales(warehouse) : .orders }
            return own.count == 1 ? .sales(own[0]) : .orders
        case .downline(let top):
            let isPlain = filter.warehouse == nil && (filter.member ?? top) == top
            return isPlain ? .member(top, isOwn: false) : .orders
        case .own(let own):
            return filter.warehouse == nil && filter.member == nil ? .member(own, isOwn: true) : .orders
        }
    }

    /// Rows `(day, channel, state, orders, credited, total, paid, refunded, partly_refunded, fully_refunded)`.
    func rows(in span: DaySpan) -> SQL {
        let days: SQL = "BETWEEN \(span.from) AND \(span.to)"
        switch table {
        case .sales(let warehouse):
            return """
                (SELECT r.day, r.channel, r.state, r.orders, r.credited, r.total, r.paid, r.refunded,
                    r.partly_refunded, r.fully_refunded
                FROM sales_days r WHERE r.warehouse = \(warehouse) AND r.day \(days) AND r.currency = \(currency)
                    AND \(channels("r")))
                """
        case .member(let member, isOwn: false):
            return """
                (SELECT r.day, r.channel, r.state, r.orders, r.orders AS credited, r.total, r.paid, r.refunded,
                    r.partly_refunded, r.fully_refunded
                FROM member_days r WHERE r.member_id = \(member) AND r.day \(days) AND r.currency = \(currency)
                    AND \(channels("r")))
                """
        case .member(let member, isOwn: true):
            return """
                (SELECT r.day, r.channel, r.state, r.own_orders AS orders, r.own_orders AS credited,
                    r.own_total AS total, r.own_paid AS paid, r.own_refunded AS refunded,
                    r.own_partly_refunded AS partly_refunded, r.own_fully_refunded AS fully_refunded
                FROM member_days r WHERE r.member_id = \(member) AND r.day \(days) AND r.currency = \(currency)
                    AND \(channels("r")))
                """
        case .orders:
            return """
                (SELECT o.day, o.channel, o.state, 1::int8 AS orders, (o.seller IS NOT NULL)::int AS credited, o.total,
                    o.paid, o.refunded, (o.refund_status = 'partial')::int AS partly_refunded,
                    (o.refund_status = 'full')::int AS fully_refunded
                FROM orders o WHERE o.day \(days) AND \(orders("o")))
                """
        }
    }

    /// Of the rows of a rollup by channel.
    func channels(_ row: SQL) -> SQL {
        var condition: SQL = "TRUE"
        if case .channels(let own) = scope { condition = "\(row).channel = ANY(\(own))" }
        if let channel = filter.channel { condition += " AND \(row).channel = \(channel)" }
        return condition
    }

    /// Of the rows of a month, of which all channels together have one of their own.
    func channelsOfMonths(_ row: SQL) -> SQL {
        if case .channels = scope { return channels(row) }
        return filter.channel == nil ? "\(row).channel = ''" : channels(row)
    }

    /// Of orders, without their days.
    func orders(_ order: SQL) -> SQL {
        var condition: SQL = "\(order).currency = \(currency) AND \(ScopeSQL(scope).orders(order))"
        if let channel = filter.channel { condition += " AND \(order).channel = \(channel)" }
        if let warehouse = filter.warehouse { condition += " AND \(order).warehouses @> \([warehouse])" }
        if let member = filter.member { condition += " AND \(ScopeSQL(scope).orders(order, ofTeam: member))" }
        if let category = filter.category { condition += " AND \(Self.hasCategory(category, order))" }
        return condition
    }

    /// Of orders: one of their items is of this category by now.
    static func hasCategory(_ category: String, _ order: SQL) -> SQL {
        """
        EXISTS (SELECT FROM order_lines l WHERE l.order_id = \(order).order_id
            AND l.sku IN (SELECT i.sku FROM items i WHERE i.category = \(category)))
        """
    }

    /// Paid and not cancelled.
    static let isSold: SQL = "state IN ('paid', 'partially-shipped', 'shipped', 'delivered', 'completed')"

    /// Of rows `f`, in the order that `read` reads.
    static let figures: SQL = """
        coalesce(sum(f.orders), 0)::int8, coalesce(sum(f.total), 0)::int8,
        coalesce(sum(f.orders) FILTER (WHERE f.\(isSold)), 0)::int8,
        coalesce(sum(f.total) FILTER (WHERE f.\(isSold)), 0)::int8,
        coalesce(sum(f.orders) FILTER (WHERE f.state = 'cancelled'), 0)::int8, coalesce(sum(f.paid), 0)::int8,
        coalesce(sum(f.refunded), 0)::int8, coalesce(sum(f.partly_refunded), 0)::int8,
        coalesce(sum(f.fully_refunded), 0)::int8
        """
    static let figureCount = 9

    static func read(_ row: Row, from column: Int) -> SalesFigures {
        SalesFigures(
            orders: row.int64(column), total: row.int64(column + 1), soldOrders: row.int64(column + 2),
            soldTotal: row.int64(column + 3), cancelledOrders: row.int64(column + 4), paid: row.int64(column + 5),
            refunded: row.int64(column + 6), partlyRefunded: row.int64(column + 7),
            fullyRefunded: row.int64(column + 8))
    }
}
