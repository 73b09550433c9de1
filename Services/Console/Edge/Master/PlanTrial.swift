import CommissionDomain
import ConsoleDomain
import Contracts
import Postgres

/// What a plan would have paid on the mall's newest orders, beside what the books say: shown before it is published.
///
/// The rules are commission's own; orders, refunds and what was booked come out of the read tables.
enum PlanTrial {
    /// Up to the newest order, which need not be of today.
    static let days: Int64 = 30
    /// The newest of those days; a page waits for no more.
    static let mostOrders: Int64 = 5000

    /// When the newest order was placed; `nil` without any.
    static func newest(_ connection: Connection) throws -> Instant? {
        try connection.rows(
            """
            SELECT placed_at FROM orders WHERE placed_at IS NOT NULL ORDER BY placed_at DESC, order_id DESC LIMIT 1
            """
        ).first?.instant(0)
    }

    static func compare(
        _ plan: DistributionPlan, upTo newest: Instant, _ connection: Connection
    ) throws -> PlanComparison {
        var comparison = try PlanComparison(plan)
        let isShifting = plan.selfPurchase == .shift
        let rows = try connection.rows(orders(since: newest + .days(-days), isShifting))
        let ids = rows.map { $0.text(0) }
        var earned: [String: [String: Int64]] = [:]
        for row in try connection.rows(
            """
            SELECT order_id, member_id, accrued - reversed_frozen - reversed_matured FROM earnings
            WHERE order_id = ANY(\(ids))
            """)
        {
            earned[row.text(0), default: [:]][row.text(1)] = row.int64(2)
        }
        try comparison.add(
            rows.map { try order($0, earned[$0.text(0)] ?? [:]) },
            members: isShifting ? try records(.distributionMembers, "TRUE", connection) : [],
            items: try records(
                .catalogItems, "r.key IN (SELECT l.sku FROM order_lines l WHERE l.order_id = ANY(\(ids)))", connection))
        return comparison
    }

    /// As they were placed, with the attribution that they have now, their last revision and their refunds.
    private static func orders(since: Instant, _ isShifting: Bool) -> SQL {
        """
        SELECT o.order_id, o.company_share, o.remainder, (
                SELECT (f.body::jsonb || jsonb_build_object('attribution', o.attribution))::text FROM facts f
                WHERE f.key = o.order_id AND f.type = \(OrderPlaced.type) LIMIT 1), (
                SELECT f.body::text FROM facts f WHERE f.key = o.order_id AND f.type = \(OrderRevised.type)
                ORDER BY f.version DESC LIMIT 1), (
                SELECT json_build_object('refunds', coalesce(json_agg(f.body ORDER BY f.at, f.version), '[]'))::text
                FROM facts f
                WHERE f.key = o.order_id AND f.type = \(CaseRefunded.type))
        FROM orders o
        WHERE o.placed_at >= \(since) AND o.confirmed_at IS NOT NULL AND o.state <> 'cancelled'
            AND o.historical IS NOT TRUE AND o.kind IS DISTINCT FROM 'replacement'
            AND (o.seller IS NOT NULL OR \(isShifting))
            AND EXISTS (SELECT FROM facts f WHERE f.key = o.order_id AND f.type = \(OrderPlaced.type))
        ORDER BY o.placed_at DESC, o.order_id DESC LIMIT \(mostOrders)
        """
    }

    private static func order(_ row: Row, _ earned: [String: Int64]) throws -> PlanComparison.Order {
        var placed = try OrderPlaced(read(row.text(3)))
        if let revised = row.textOrNil(4) { placed = placed.revised(by: try OrderRevised(read(revised))) }
        return PlanComparison.Order(
            placed: placed, refunds: try read(row.text(5)).readList("refunds"), companyShare: row.int64(1),
            remainder: row.int64(2), earned: earned)
    }

    /// All versions; one without a date of its own gets the one it is kept under.
    private static func records<Record: JSONCoded>(
        _ topic: Topic, _ condition: SQL, _ connection: Connection
    ) throws -> [Record] {
        try connection.rows(
            """
            SELECT (r.body::jsonb || jsonb_build_object('effectiveFrom',
                to_char(r.effective_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))::text
            FROM records r WHERE r.topic = \(topic.name) AND r.body IS NOT NULL AND \(condition)
            ORDER BY r.key, r.effective_from
            """
        ).map { try Record(read($0.text(0))) }
    }

    private static func read(_ text: String) throws(Fault) -> JSONObject { try JSONDocument.object(Array(text.utf8)) }
}

/// The comparison as the page shows it.
extension PlanTrial {
    private static let named = 5

    /// Nothing for whoever may not see what members earn.
    static func content(_ record: MasterRecord, _ visit: Visit) async throws -> ContentValue {
        guard record.kind == .plans, visit.viewer.may(.commissionView), visit.viewer.scope == .all else {
            return .flag(false)
        }
        let plan = try DistributionPlan(JSONDocument.object(record.body))
        let (last, comparison) = try await visit.tools.database.read { connection -> (Instant?, PlanComparison) in
            guard let last = try newest(connection) else { return (nil, try PlanComparison(plan)) }
            return (last, try compare(plan, upTo: last, connection))
        }
        let day = { (time: Instant) in visit.formats.day(visit.tools.calendar.day(of: time)) }
        let money = { (amount: Int64) in visit.formats.money(amount, plan.currency) }
        func line(_ name: String, _ before: Int64, _ after: Int64) -> Content {
            [
                "name": .text(name), "now": .text(money(before)), "then": .text(money(after)),
                "difference": .text(money(after - before)),
            ]
        }
        let (before, after) = (comparison.now, comparison.then)
        return .content([
            "about": .text(
                visit.say(
                    "master.trial.about",
                    [
                        "orders": visit.formats.number(comparison.orders),
                        "from": last.map { day($0 + .days(-days)) } ?? "–", "to": last.map(day) ?? "–",
                    ])),
            "is-cut": .flag(comparison.orders + comparison.ordersInOtherCurrencies >= mostOrders),
            "most": .text(visit.formats.number(mostOrders)), "has-orders": .flag(comparison.orders > 0),
            "has-team": .flag(!plan.teamTiers.isEmpty),
            "sums": .list([
                line(visit.say("master.trial.paid-out"), before.paidOut, after.paidOut),
                line(visit.say("master.trial.company-share"), before.companyShare, after.companyShare),
                line(visit.say("master.trial.remainder"), before.remainder, after.remainder),
            ]),
            "counts": .text(
                visit.say(
                    "master.trial.counts", ["gaining": "\(comparison.gaining)", "losing": "\(comparison.losing)"])),
            "members": .list(
                (comparison.gains(top: named) + comparison.losses(top: named)).map {
                    line($0.memberID, $0.earnings.now, $0.earnings.then)
                }),
        ])
    }
}
