import ConsoleDomain
import Contracts
import Postgres

/// 售后超时: cases that have stood still for longer than their clock allows.
enum ClockReport {
    static let report = Report(code: "clocks", fields: [.channel], needs: [.casesView], answer: answer)

    /// Cases that are counted, the latest first.
    private static let limit: Int64 = 50_000

    private struct Late {
        let caseID: String
        let orderID: String
        let kind: CaseKind
        let stage: CaseStage
        let act: CaseDeadline.Act
        let due: Instant
    }

    private static func answer(_ question: ReportQuestion) throws -> ReportAnswer {
        let late = try late(question)
        let acts = CaseDeadline.Act.allCases.filter(\.isByClock)
        let summary = ReportTable(
            code: "clocks", columns: [ReportColumn("clock", .text), ReportColumn("late-cases", .count)],
            rows: .all(
                acts.map { act in
                    [.word("reports.clock.\(act.rawValue)"), .count(Int64(late.count { $0.act == act }))]
                }))
        let cases = ReportTable(
            code: "late",
            columns: [
                ReportColumn("case", .text), ReportColumn("order", .text), ReportColumn("case-kind", .text),
                ReportColumn("case-state", .text), ReportColumn("clock", .text), ReportColumn("due", .time),
                ReportColumn("late-hours", .count),
            ], rows: .all(late.map { cells($0, question) }))
        return ReportAnswer(
            figures: [ReportFigure(key: "late-cases", now: .count(Int64(late.count)))], tables: [summary, cases],
            notes: ["reports.clocks.note"])
    }

    private static func cells(_ late: Late, _ question: ReportQuestion) -> [ReportCell] {
        [
            .text(late.caseID, link: "/cases/\(PercentCoding.encoded(late.caseID))"),
            .text(late.orderID, link: question.viewer.may(.ordersView) ? OrderAddress.order(late.orderID) : nil),
            .word("reports.kind.\(late.kind.rawValue)"), .word("reports.stage.\(late.stage.rawValue)"),
            .word("reports.clock.\(late.act.rawValue)"), ReportCell(.time(late.due)),
            .count((question.now.milliseconds - late.due.milliseconds) / 3_600_000),
        ]
    }

    private static func late(_ question: ReportQuestion) throws -> [Late] {
        var inChannel: SQL = "TRUE"
        if let channel = question.filter.channel {
            inChannel = """
                EXISTS (SELECT FROM orders o WHERE o.order_id = c.order_id AND o.channel = \(channel))
                """
        }
        return try question.connection.rows(
            """
            SELECT late.* FROM (
                SELECT c.case_id, c.order_id, \(CaseClockRows.columns), \(CaseClockRows.due) AS due
                FROM cases c WHERE c.ended_at IS NULL AND \(question.scope.cases("c")) AND \(inChannel)
            ) late WHERE late.due < \(question.now) ORDER BY late.due, late.case_id LIMIT \(limit)
            """
        ).compactMap { row in
            guard let kind = row.textOrNil(2).flatMap(CaseKind.init(rawValue:)),
                let stage = row.textOrNil(3).flatMap(CaseStage.init(rawValue:)),
                let deadline = CaseClockRows.deadline(row, 2), let due = deadline.due
            else { return nil }
            return Late(
                caseID: row.text(0), orderID: row.text(1), kind: kind, stage: stage, act: deadline.act, due: due)
        }
    }
}
