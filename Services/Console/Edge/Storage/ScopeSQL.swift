import ConsoleDomain
import Postgres

/// A user's part of the mall as conditions of SQL: every question about the read tables takes its own from here.
///
///     "SELECT o.order_id FROM orders o WHERE \(visit.scope.orders("o")) ORDER BY …"
///
/// - Shape: each takes the alias of the table that it is about.
struct ScopeSQL: Sendable {
    private let scope: DataScope

    init(_ scope: DataScope) { self.scope = scope }

    func orders(_ order: SQL) -> SQL {
        switch scope {
        case .all: "TRUE"
        case .channels(let channels): "\(order).channel = ANY(\(channels))"
        case .warehouses(let warehouses): "\(order).warehouses && \(warehouses)"
        case .downline(let member): "\(order).chain @> \([member])"
        case .own(let member): "\(order).seller = \(member)"
        }
    }

    /// Orders that a member, or somebody below it then, has sold; a member is not told who stands above itself.
    func orders(_ order: SQL, ofTeam member: String) -> SQL {
        let chain: SQL = "\(order).chain @> \([member])"
        guard let top = scope.member else { return chain }
        return "\(chain) AND array_position(\(order).chain, \(member)) <= array_position(\(order).chain, \(top))"
    }

    /// Rows of one order each: cases, refunds, the lines and the story of an order.
    func ofOrder(_ row: SQL) -> SQL {
        if scope == .all { return "TRUE" }
        return "EXISTS (SELECT FROM orders scoped WHERE scoped.order_id = \(row).order_id AND \(orders("scoped")))"
    }

    func cases(_ row: SQL) -> SQL { ofOrder(row) }

    /// A warehouse sees its own parcels, not those that another one sends for the same order.
    func parcels(_ parcel: SQL) -> SQL {
        if case .warehouses(let warehouses) = scope { return "\(parcel).warehouse = ANY(\(warehouses))" }
        return ofOrder(parcel)
    }

    /// Stock by SKU over all warehouses: nothing that a member needs to know.
    func stock(_ row: SQL) -> SQL { scope.member == nil ? "TRUE" : "FALSE" }

    /// Stock by SKU and warehouse.
    func stockLevels(_ level: SQL) -> SQL {
        if case .warehouses(let warehouses) = scope { return "\(level).warehouse = ANY(\(warehouses))" }
        return stock(level)
    }

    func members(_ member: SQL) -> SQL {
        switch scope {
        case .all: "TRUE"
        case .channels(let channels):
            """
            EXISTS (SELECT FROM orders scoped WHERE scoped.seller = \(member).member_id
                AND scoped.channel = ANY(\(channels)))
            """
        case .warehouses: "FALSE"
        case .downline(let top):
            """
            \(member).member_id IN (
                WITH RECURSIVE below AS (
                    SELECT \(top)::text AS member_id
                    UNION SELECT m.member_id FROM members m JOIN below b ON m.parent_id = b.member_id
                ) SELECT member_id FROM below)
            """
        case .own(let own): "\(member).member_id = \(own)"
        }
    }

    /// Commission by order and member. A member sees what is its own, also of what others have sold; not what others
    /// get.
    func earnings(_ earning: SQL) -> SQL {
        switch scope {
        case .all: "TRUE"
        case .channels: ofOrder(earning)
        case .warehouses: "FALSE"
        case .downline(let member), .own(let member): "\(earning).member_id = \(member)"
        }
    }

    /// Money that goes to members: no channel's and no warehouse's affair.
    func payouts(_ payout: SQL) -> SQL {
        switch scope {
        case .all: "TRUE"
        case .channels, .warehouses: "FALSE"
        case .downline(let member), .own(let member): "\(payout).member_id = \(member)"
        }
    }
}
