import ConsoleDomain
import Contracts
import Postgres

/// 佣金账龄: how long commission has been frozen, what can be withdrawn, and who owes.
enum CommissionReport {
    static let report = Report(
        code: "commission", fields: [], needs: [.commissionView, .payoutsView], scopes: [.all], answer: answer)

    /// The first day of age of each bucket.
    private static let ages = [0, 8, 16, 31, 61]

    private static func answer(_ question: ReportQuestion) throws -> ReportAnswer {
        // Every member's balance is added up once: the sums stand beside the first rows. Names are looked up of the rows
        // that are shown.
        let query: SQL = """
            SELECT b.member_id, (SELECT m.name FROM members m WHERE m.member_id = b.member_id), b.frozen, b.balance,
                sum(greatest(b.balance, 0)) OVER ()::int8, sum(greatest(-b.balance, 0)) OVER ()::int8,
                sum(b.frozen) OVER ()::int8
            FROM (\(balances(question))) AS b
            ORDER BY b.balance < 0 DESC, b.frozen DESC, b.member_id
            """
        let first = try question.connection.rows("\(query) LIMIT \(ReportPages.rowsShown + 1)")
        let cells = { @Sendable (row: Row) -> [ReportCell] in
            [
                .text(row.text(0)), .text(row.textOrNil(1) ?? ""), .money(row.int64(2)), .money(max(0, row.int64(3))),
                .money(max(0, -row.int64(3))),
            ]
        }
        let members = ReportTable(
            code: "balances",
            columns: [
                ReportColumn("member", .text), ReportColumn("member-name", .text), ReportColumn("frozen", .money),
                ReportColumn("withdrawable", .money), ReportColumn("debt", .money),
            ],
            rows: .begun(first.map(cells), query, cells))
        return ReportAnswer(
            figures: [
                ReportFigure(key: "frozen", now: .money(first.first?.int64(6) ?? 0)),
                ReportFigure(key: "withdrawable", now: .money(first.first?.int64(4) ?? 0)),
                ReportFigure(key: "debt", now: .money(first.first?.int64(5) ?? 0)),
            ],
            tables: [try ageing(question), members], notes: ["reports.commission.note"])
    }

    private static func ageing(_ question: ReportQuestion) throws -> ReportTable {
        let today = question.today
        let found = try question.connection.rows(
            """
            SELECT r.day, sum(r.frozen)::int8 FROM earning_days r
            WHERE r.currency = \(question.currency) AND r.frozen <> 0 GROUP BY 1
            """)
        let days = found.map { (age: today.daysSinceEpoch - $0.daysSinceEpoch(0), frozen: $0.int64(1)) }
        let total = days.reduce(0) { $0 + $1.frozen }
        let rows = ages.indices.map { index in
            let first = ages[index]
            let last = index + 1 < ages.count ? ages[index + 1] - 1 : nil
            let frozen = days.filter { $0.age >= first && $0.age <= last ?? .max }.reduce(0) { $0 + $1.frozen }
            var link = OrderFilter()
            link.to = today + -first
            link.from = last.map { today + -$0 }
            return [
                ReportCell.text(last.map { "\(first)–\($0)" } ?? "\(first)+"),
                .money(frozen, link: question.viewer.may(.ordersView) ? OrderAddress.list(link) : nil),
                .percent(Ratio.basisPoints(frozen, of: total)),
            ]
        }
        return ReportTable(
            code: "ageing",
            columns: [ReportColumn("age", .text), ReportColumn("frozen", .money), ReportColumn("share", .percent)],
            rows: .all(rows), total: [.word("reports.total"), .money(total), .empty],
            chart: ReportChart(shape: .bar, series: [1]))
    }

    /// `(member_id, frozen, balance)`; a balance below 0 is a debt.
    private static func balances(_ question: ReportQuestion) -> SQL {
        """
        SELECT p.member_id, sum(p.frozen)::int8 AS frozen, sum(p.moved)::int8 AS balance
        FROM (
            SELECT r.member_id, r.frozen, r.matured AS moved FROM earning_months r
            WHERE r.currency = \(question.currency) AND r.month IN (SELECT month FROM rolled_months)
            UNION ALL
            SELECT r.member_id, r.frozen, r.matured FROM (\(openMonths)) AS open
            JOIN earning_days r ON r.day >= open.month AND r.day < (open.month + interval '1 month')::date
            WHERE r.currency = \(question.currency)
            UNION ALL
            SELECT e.member_id, 0, sum(e.amount) FROM entries e
            WHERE e.kind IN ('adjusted', 'settled', 'payout-requested', 'payout-failed')
                AND e.currency = \(question.currency) GROUP BY 1
        ) AS p GROUP BY 1 HAVING sum(p.frozen) <> 0 OR sum(p.moved) <> 0
        """
    }

    /// Those whose sums do not stand; all that is left to read are their days.
    private static let openMonths: SQL = """
        SELECT m::date AS month FROM generate_series(
            (SELECT date_trunc('month', min(day)) FROM earning_days), (SELECT max(day) FROM earning_days),
            interval '1 month') AS m
        EXCEPT SELECT month FROM rolled_months
        """
}
