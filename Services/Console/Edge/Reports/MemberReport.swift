import ConsoleDomain
import Contracts
import Postgres

/// 分销排行: what distributors sell, and what comes out of the tree below each.
enum MemberReport {
    static let report = Report(
        code: "distributors", fields: [.channel, .member], needs: [.membersView], scopes: [.all, .channels, .downline],
        answer: answer)

    private static func answer(_ question: ReportQuestion) throws -> ReportAnswer {
        let rows = try rows(question)
        var tables = [tree(question, rows), ranking(question, rows)]
        if question.filter.member != nil { tables.insert(way(question, rows), at: 0) }
        return ReportAnswer(tables: tables, notes: ["reports.distributors.note"])
    }

    /// A member and all that are below it today.
    static func below(_ top: String) -> SQL {
        """
        (WITH RECURSIVE below AS (
            SELECT \(top)::text AS member_id
            UNION SELECT m.member_id FROM members m JOIN below b ON m.parent_id = b.member_id
        ) SELECT member_id FROM below)
        """
    }

    /// Where the tree begins for whoever asks.
    private static func top(_ question: ReportQuestion) -> String? {
        if let member = question.filter.member { return member }
        if case .downline(let top) = question.viewer.scope { return top }
        return nil
    }

    private static func visible(_ question: ReportQuestion) -> SQL {
        if case .downline(let top) = question.viewer.scope { return "m.member_id IN \(below(top))" }
        return "TRUE"
    }

    /// - Parameter members: The condition on `r.member_id`: what nobody looks at is not added up.
    private static func sums(_ rows: SQL, where members: SQL) -> SQL {
        """
        (SELECT r.member_id, sum(r.own_orders)::int8 AS own_orders, sum(r.own_total)::int8 AS own_total,
            coalesce(sum(r.own_total) FILTER (WHERE r.\(SalesSource.isSold)), 0)::int8 AS own_sold,
            sum(r.orders)::int8 AS orders, sum(r.total)::int8 AS total,
            coalesce(sum(r.total) FILTER (WHERE r.\(SalesSource.isSold)), 0)::int8 AS sold
        FROM \(rows) r WHERE \(members) GROUP BY 1)
        """
    }

    /// The sums of few members `m`, as `s`: of rollups one by one, of orders in one pass.
    private static func joined(_ question: ReportQuestion, _ rows: SQL, _ members: SQL) -> SQL {
        if case .downline = question.viewer.scope {
            return "LEFT JOIN \(sums(rows, where: "r.member_id IN (\(members))")) s ON s.member_id = m.member_id"
        }
        return "LEFT JOIN LATERAL \(sums(rows, where: "r.member_id = m.member_id")) s ON TRUE"
    }

    /// Of the rollups; for somebody in the tree of the orders themselves, because a member may have sold before it
    /// came below the viewer.
    private static func rows(_ question: ReportQuestion) throws -> SQL {
        if case .downline = question.viewer.scope {
            let span = question.filter.span
            return """
                (SELECT m.member_id, o.state, (m.member_id = o.seller)::int AS own_orders,
                    CASE WHEN m.member_id = o.seller THEN o.total ELSE 0 END AS own_total,
                    (m.member_id = ANY(o.chain))::int AS orders,
                    CASE WHEN m.member_id = ANY(o.chain) THEN o.total ELSE 0 END AS total
                FROM orders o, LATERAL (SELECT DISTINCT unnest(o.chain || o.seller)) AS m(member_id)
                WHERE o.day BETWEEN \(span.from) AND \(span.to)
                    AND \(question.withoutMember.source.orders("o")))
                """
        }
        let cover = try question.cover()
        let source = question.source
        return """
            (SELECT r.member_id, r.state, r.own_orders, r.own_total, r.orders, r.total FROM member_days r
            WHERE \(cover.days("r")) AND r.currency = \(question.currency) AND \(source.channels("r"))
            UNION ALL
            SELECT r.member_id, r.state, r.own_orders, r.own_total, r.orders, r.total FROM member_months r
            WHERE \(cover.months("r")) AND r.currency = \(question.currency) AND \(source.channelsOfMonths("r")))
            """
    }

    private static let values: SQL = """
        coalesce(s.own_orders, 0), coalesce(s.own_total, 0), coalesce(s.own_sold, 0), coalesce(s.orders, 0),
            coalesce(s.total, 0), coalesce(s.sold, 0)
        """

    private static let columns = [
        ReportColumn("member", .text), ReportColumn("member-name", .text), ReportColumn("grade", .text),
        ReportColumn("own-orders", .count), ReportColumn("own-total", .money), ReportColumn("own-sold", .money),
        ReportColumn("team-orders", .count), ReportColumn("team-total", .money), ReportColumn("team-sold", .money),
    ]

    private static func cells(_ question: ReportQuestion) -> @Sendable (Row) -> [ReportCell] {
        let filter = question.filter
        let link = OrderLink(question.withoutMember, filter.span)
        return { row in
            var deeper = filter
            deeper.member = row.text(0)
            func orders(_ narrow: (inout OrderFilter) -> Void, isSold: Bool = false) -> String? {
                link {
                    narrow(&$0)
                    if isSold { $0.money = .sold }
                }
            }
            let own = { (filter: inout OrderFilter) in filter.seller = row.text(0) }
            let team = { (filter: inout OrderFilter) in filter.member = row.text(0) }
            return [
                .text(row.text(0), link: "/reports/distributors?\(deeper.query)"), .text(row.textOrNil(1) ?? ""),
                .text(row.textOrNil(2) ?? ""), .count(row.int64(3), link: orders(own)),
                .money(row.int64(4), link: orders(own)), .money(row.int64(5), link: orders(own, isSold: true)),
                .count(row.int64(6), link: orders(team)), .money(row.int64(7), link: orders(team)),
                .money(row.int64(8), link: orders(team, isSold: true)),
            ]
        }
    }

    /// From the first member down to the one that is looked at.
    private static func way(_ question: ReportQuestion, _ rows: SQL) -> ReportTable {
        let member = question.filter.member ?? ""
        return ReportTable(
            code: "way", columns: columns,
            rows: .query(
                """
                WITH RECURSIVE way AS (
                    SELECT m.member_id, m.parent_id, 0 AS height FROM members m WHERE m.member_id = \(member)
                    UNION ALL SELECT m.member_id, m.parent_id, w.height + 1
                    FROM members m JOIN way w ON m.member_id = w.parent_id WHERE w.height < 100
                )
                SELECT m.member_id, m.name, m.grade, \(values)
                FROM way w JOIN members m ON m.member_id = w.member_id
                \(joined(question, rows, "SELECT member_id FROM way"))
                WHERE \(visible(question)) ORDER BY w.height DESC
                """, cells(question)))
    }

    /// Those right below the member that is looked at; without one, those below nobody.
    private static func tree(_ question: ReportQuestion, _ rows: SQL) -> ReportTable {
        let shown: SQL = "m.parent_id IS NOT DISTINCT FROM \(top(question))"
        return ReportTable(
            code: "tree", columns: columns,
            rows: .query(
                """
                SELECT m.member_id, m.name, m.grade, \(values)
                FROM members m \(joined(question, rows, "SELECT m.member_id FROM members m WHERE \(shown)"))
                WHERE \(shown) AND \(visible(question))
                ORDER BY coalesce(s.total, 0) DESC, m.member_id
                """, cells(question)), chart: ReportChart(shape: .bar, series: [4, 7]))
    }

    private static func ranking(_ question: ReportQuestion, _ rows: SQL) -> ReportTable {
        let sums = sums(rows, where: "TRUE")
        var within: SQL = "TRUE"
        if let top = top(question) { within = "s.member_id IN \(below(top))" }
        return ReportTable(
            code: "ranking", columns: columns,
            rows: .query(
                """
                SELECT s.member_id, m.name, m.grade, \(values)
                FROM \(sums) s LEFT JOIN members m ON m.member_id = s.member_id
                WHERE s.own_orders > 0 AND \(within) AND \(visible(question))
                ORDER BY s.own_sold DESC, s.member_id
                """, cells(question)))
    }
}

extension ReportQuestion {
    var withoutMember: ReportQuestion {
        var other = self
        other.filter.member = nil
        return other
    }
}
