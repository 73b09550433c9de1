import ConsoleDomain
import Contracts
import Postgres

/// A filter of orders as conditions of SQL on the orders `o`, each of which an index serves.
///
/// - Source: `V002_console.sql`, `V005_views.sql`: a partial index counts only when its own condition is said.
struct OrderConditions {
    let filter: OrderFilter
    /// What the searched text is; nil when nothing is searched.
    let term: SearchTerm?
    let scope: ScopeSQL
    let calendar: BusinessCalendar

    /// All of it, without the cursor.
    var all: SQL {
        var condition: SQL = "o.placed_at IS NOT NULL AND \(scope.orders("o"))"
        if let tab { condition += " AND \(tab)" }
        if let term { condition += " AND \(term.condition)" }
        for piece in words + stays + amounts { condition += " AND \(piece)" }
        return condition
    }

    private var tab: SQL? {
        switch filter.tab {
        case .all: nil
        case .toPay: "o.state = 'pending-payment' AND o.confirmed_at IS NULL"
        case .toShip: "\(Self.isToShip)"
        case .shipped: "o.state IN ('shipped', 'delivered')"
        case .afterSales:
            "o.order_id IN (SELECT c.order_id FROM cases c WHERE c.ended_at IS NULL)"
        case .held: "o.holds <> '{}'"
        case .outOfStock:
            """
            o.stock_status IN ('backordered', 'rejected')
                AND o.state IN ('pending-payment', 'paid', 'partially-shipped')
            """
        case .completed: "o.state = 'completed'"
        case .cancelled: "o.state = 'cancelled'"
        }
    }

    private static let isToShip: SQL = """
        o.confirmed_at IS NOT NULL AND o.state IN ('pending-payment', 'paid', 'partially-shipped') AND o.holds = '{}'
        """

    private var words: [SQL] {
        var pieces: [SQL] = []
        if let channel = filter.channel { pieces.append("o.channel = \(channel)") }
        if let state = filter.state { pieces.append("o.state = \(state.rawValue)") }
        if let seller = filter.seller { pieces.append("o.seller = \(seller)") }
        if let flag = filter.flag { pieces.append("o.flag IS NOT NULL AND o.flag = \(flag)") }
        if let warehouse = filter.warehouse { pieces.append("o.warehouses @> \([warehouse])") }
        if let member = filter.member { pieces.append(scope.orders("o", ofTeam: member)) }
        if let sku = filter.sku { pieces.append(SearchTerm.sku(sku).condition) }
        if let category = filter.category { pieces.append(SalesSource.hasCategory(category, "o")) }
        if let currency = filter.currency { pieces.append("o.currency = \(currency)") }
        return pieces
    }

    /// What is true of few orders has an index of those few.
    private var stays: [SQL] {
        var pieces: [SQL] = []
        switch filter.stock {
        case nil: break
        case .pending?, .reserved?: pieces.append("o.stock_status = \(filter.stock?.rawValue)")
        case .backordered?: pieces.append("o.stock_status = 'backordered'")
        case .rejected?: pieces.append("o.stock_status = 'rejected'")
        }
        switch filter.refund {
        case nil: break
        case .none?: pieces.append("o.refund_status = 'none'")
        case .partial?, .full?:
            pieces.append("o.refund_status <> 'none' AND o.refund_status = \(filter.refund?.rawValue)")
        }
        switch filter.money {
        case nil: break
        case .sold?: pieces.append("o.\(SalesSource.isSold)")
        case .paid?: pieces.append("o.paid > 0")
        case .refunded?: pieces.append("o.refund_status <> 'none'")
        }
        return pieces
    }

    private var amounts: [SQL] {
        var pieces: [SQL] = []
        if let from = filter.from { pieces.append("o.placed_at >= \(calendar.start(of: from))") }
        if let to = filter.to { pieces.append("o.placed_at < \(calendar.start(of: to + 1))") }
        if let minimum = filter.minimum { pieces.append("o.total >= \(minimum)") }
        if let maximum = filter.maximum { pieces.append("o.total <= \(maximum)") }
        return pieces
    }

    /// What comes behind a cursor, or before it.
    func beyond(_ cursor: OrderCursor) -> SQL {
        let time = Instant(milliseconds: cursor.value)
        let isRising = filter.sort.isAscending != cursor.isBackwards
        return switch (filter.sort, isRising) {
        case (.amount, true): "(o.total, o.order_id) > (\(cursor.value), \(cursor.orderID))"
        case (.amount, false): "(o.total, o.order_id) < (\(cursor.value), \(cursor.orderID))"
        case (_, true): "(o.placed_at, o.order_id) > (\(time), \(cursor.orderID))"
        case (_, false): "(o.placed_at, o.order_id) < (\(time), \(cursor.orderID))"
        }
    }

    func order(isBackwards: Bool) -> SQL {
        let isRising = filter.sort.isAscending != isBackwards
        return switch (filter.sort, isRising) {
        case (.amount, true): "o.total, o.order_id"
        case (.amount, false): "o.total DESC, o.order_id DESC"
        case (_, true): "o.placed_at, o.order_id"
        case (_, false): "o.placed_at DESC, o.order_id DESC"
        }
    }
}
