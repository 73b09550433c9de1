import ConsoleDomain
import Contracts
import Postgres

/// 转化: from visits of distributors' links to orders to payment.
enum ConversionReport {
    static let report = Report(
        code: "conversion", fields: [.grain, .channel, .member], scopes: [.all, .channels, .downline, .own],
        answer: answer)

    private struct Steps {
        var visits: Int64 = 0
        var credited: Int64 = 0
        var sold: Int64 = 0

        static func += (sum: inout Steps, other: Steps) {
            sum.visits += other.visits
            sum.credited += other.credited
            sum.sold += other.sold
        }

        var cells: [ReportCell] {
            [
                .count(visits), .count(credited), .percent(Ratio.basisPoints(credited, of: visits)), .count(sold),
                .percent(Ratio.basisPoints(sold, of: credited)), .percent(Ratio.basisPoints(sold, of: visits)),
            ]
        }
    }

    private static func answer(_ question: ReportQuestion) throws -> ReportAnswer {
        let span = question.filter.span
        let periods = try periods(question, span)
        let total = sum(periods.map(\.steps))
        let before = sum(try self.periods(question, span.previous).map(\.steps))
        let year = sum(try self.periods(question, span.lastYear).map(\.steps))
        let columns = [
            ReportColumn("visits", .count), ReportColumn("credited", .count), ReportColumn("order-rate", .percent),
            ReportColumn("sold-credited", .count), ReportColumn("paid-rate-credited", .percent),
            ReportColumn("conversion", .percent),
        ]
        let table = ReportTable(
            code: "funnel", columns: [ReportColumn("period", .day)] + columns,
            rows: .all(periods.map { [ReportCell(.day($0.from))] + $0.steps.cells }),
            total: [.word("reports.total")] + total.cells, chart: ReportChart(shape: .line, series: [1, 2, 4]))
        let figures = columns.indices.map { index in
            ReportFigure(
                key: columns[index].key, now: total.cells[index], previous: before.cells[index].value,
                lastYear: year.cells[index].value)
        }
        return ReportAnswer(figures: figures, tables: [table], notes: ["reports.conversion.note"])
    }

    private static func sum(_ steps: [Steps]) -> Steps { steps.reduce(into: Steps()) { $0 += $1 } }

    private static func periods(_ question: ReportQuestion, _ span: DaySpan) throws -> [(from: CivilDay, steps: Steps)]
    {
        let days = try days(question, span)
        return span.periods(of: question.filter.grain).map { period in
            (period.from, sum(period.days.compactMap { days[$0] }))
        }
    }

    private static func days(_ question: ReportQuestion, _ span: DaySpan) throws -> [CivilDay: Steps] {
        let channels = question.source.channels("v")
        let rows = try question.connection.rows(
            """
            SELECT day, sum(visits)::int8, sum(credited)::int8, sum(sold)::int8
            FROM (
                SELECT v.day, v.visits, 0 AS credited, 0 AS sold FROM \(visits(question)) v
                WHERE v.day BETWEEN \(span.from) AND \(span.to) AND \(channels)
                UNION ALL
                SELECT f.day, 0, f.credited, CASE WHEN f.\(SalesSource.isSold) THEN f.credited ELSE 0 END
                FROM \(question.source.rows(in: span)) f
            ) AS steps GROUP BY 1
            """)
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (
                    CivilDay(daysSinceEpoch: row.daysSinceEpoch(0)),
                    Steps(visits: row.int64(1), credited: row.int64(2), sold: row.int64(3))
                )
            })
    }

    /// Of the links of the members that are asked about, and of everybody below them today; else of all.
    private static func visits(_ question: ReportQuestion) -> SQL {
        var members: [SQL] = []
        switch question.viewer.scope {
        case .downline(let top): members.append("v.member_id IN \(MemberReport.below(top))")
        case .own(let own): members.append("v.member_id = \(own)")
        case .all, .channels, .warehouses: break
        }
        if let member = question.filter.member { members.append("v.member_id IN \(MemberReport.below(member))") }
        guard let first = members.first else { return "visit_days" }
        let condition = members.dropFirst().reduce(first) { $0 + " AND \($1)" }
        return "(SELECT v.day, v.channel, v.visits FROM visits v WHERE \(condition))"
    }
}
