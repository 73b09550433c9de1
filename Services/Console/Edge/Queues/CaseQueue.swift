import ConsoleDomain
import Contracts
import Postgres

/// After-sales cases that are not over, whose clock runs out first, and money that has not gone back.
enum CaseQueue {
    static let cases = WorkQueue(
        name: "cases", view: .casesView,
        columns: [
            QueueColumn("case"), QueueColumn("order"), QueueColumn("kind"), QueueColumn("reason"),
            QueueColumn("amount", isNumber: true), QueueColumn("state"), QueueColumn("clock"), QueueColumn("opened"),
        ],
        filters: [
            QueueFilter(
                name: "state",
                options: ["requested", "approved", "goods-in-transit", "received", "inspected", "refunding"],
                prefix: "queues.case-state"),
            QueueFilter(name: "kind", options: CaseKind.allCases.map(\.rawValue), prefix: "queues.case-kind"),
        ],
        actions: [approve, reject],
        sql: { question in
            QueueSQL(
                from: "cases c JOIN orders o ON o.order_id = c.order_id", id: "c.case_id", at: CaseClockRows.urgency,
                subject: "'case/' || c.case_id", columns: CaseRead.columns,
                waits: """
                    c.ended_at IS NULL AND c.opened_at IS NOT NULL
                    AND \(question.filter("state") { "c.state = \($0)" })
                    AND \(question.filter("kind") { "c.kind = \($0)" })
                    """, scope: question.scope.cases("c"))
        }, read: { CaseRead($0, QueueReader.firstColumn).content($1) })

    private static let approve = QueueAction(
        name: "approve", permission: .casesDecide, fields: [QueueField("amount", .money(isRequired: false))],
        allows: { row, _ in ["requested", "inspected"].contains(row["state"]) },
        send: { visit, row, answers in
            try await CaseCommands.approve(
                visit, row["case"], row["order"], amount: answers.number("amount"), reason: answers.reason)
        })

    private static let reject = QueueAction(
        name: "reject", permission: .casesDecide, isDangerous: true,
        allows: { row, _ in ["requested", "approved", "received", "inspected"].contains(row["state"]) },
        send: { visit, row, answers in
            try await CaseCommands.reject(visit, row["case"], row["order"], reason: answers.reason)
        })

    static let refunds = WorkQueue(
        name: "refunds", view: .casesView,
        columns: [
            QueueColumn("refund"), QueueColumn("order"), QueueColumn("case"), QueueColumn("amount", isNumber: true),
            QueueColumn("state"), QueueColumn("due"),
        ],
        filters: [QueueFilter(name: "state", options: ["due", "failed"], prefix: "queues.refund-state")],
        sql: { question in
            QueueSQL(
                from: "refunds r", id: "r.refund_id", at: "r.due_at", subject: "'refund/' || r.refund_id",
                columns: "r.refund_id, r.order_id, r.case_id, r.amount, r.currency, r.state, r.failure",
                waits: """
                    r.state <> 'settled' AND r.due_at IS NOT NULL
                    AND \(question.filter("state") { "r.state = \($0)" })
                    """, scope: question.scope.ofOrder("r"))
        },
        read: { row, visit in
            let first = QueueReader.firstColumn
            let state = row.text(first + 5)
            let caseID = row.textOrNil(first + 2)
            return QueueContent(
                cells: [
                    .text(row.text(first)), QueueWords.order(row.text(first + 1)),
                    caseID.map { .link($0, "/cases/\(PercentCoding.encoded($0))") } ?? .text(nil),
                    .text(QueueWords.money(row, first + 3, first + 4, visit)),
                    .tags(
                        [
                            QueueCell.Tag(
                                text: visit.say("queues.refund-state.\(state)"), tone: state == "failed" ? "bad" : "")
                        ], below: row.textOrNil(first + 6)), .text(QueueWords.time(row, QueueReader.timeColumn, visit)),
                ], values: [:])
        })
}
