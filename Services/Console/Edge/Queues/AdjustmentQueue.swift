import ConsoleDomain
import Contracts
import Postgres

/// Corrections of members' money that wait for a second person. Only those that were proposed here are known here:
/// commission tells of them once they are booked.
enum AdjustmentQueue {
    /// A proposal that nobody has decided about for so long is no longer looked for.
    private static let memory = Duration.days(90)

    static let adjustments = WorkQueue(
        name: "adjustments", view: .commissionView,
        columns: [
            QueueColumn("adjustment"), QueueColumn("member"), QueueColumn("amount", isNumber: true),
            QueueColumn("order"), QueueColumn("reason"), QueueColumn("proposed-by"), QueueColumn("proposed"),
        ],
        actions: [approve, reject],
        sql: { question in
            QueueSQL(
                from: "commands a", id: "a.body ->> 'adjustmentId'", at: "a.issued_at", subject: "a.subject",
                columns: """
                    a.body ->> 'adjustmentId', a.body ->> 'memberId', (a.body ->> 'amount')::int8,
                    a.body ->> 'currency', a.body ->> 'orderId', a.reason, a.actor
                    """,
                waits: "TRUE",
                scope: """
                    a.type = \(AdjustCommission.type) AND a.outcome = 'accepted'
                    AND a.issued_at > \(question.now + .milliseconds(-memory.milliseconds))
                    AND NOT EXISTS (SELECT FROM commands d WHERE d.subject = a.subject AND d.outcome = 'accepted'
                        AND d.type = ANY(\([ApproveAdjustment.type, RejectAdjustment.type])))
                    AND \(question.viewer.scope == .all)
                    """)
        },
        read: { row, visit in
            let first = QueueReader.firstColumn
            let (id, member) = (row.textOrNil(first) ?? "", row.textOrNil(first + 1) ?? "")
            return QueueContent(
                cells: [
                    .text(id), QueueWords.member(member, visit),
                    .text(QueueWords.money(row, first + 2, first + 3, visit)),
                    row.textOrNil(first + 4).map { QueueWords.order($0) } ?? .text(nil),
                    .text(row.textOrNil(first + 5)), .text(row.textOrNil(first + 6)),
                    .text(QueueWords.time(row, QueueReader.timeColumn, visit)),
                ], values: ["adjustment": id, "member": member, "actor": row.textOrNil(first + 6) ?? ""])
        })

    /// Two people: whoever proposed it does not book it.
    private static let approve = QueueAction(
        name: "approve", permission: .commissionDecide, allows: { row, viewer in row["actor"] != viewer.name },
        send: { visit, row, answers in
            let (memberID, adjustmentID) = (row["member"], row["adjustment"])
            return try await visit.tools.commands.send(
                visit, to: "commission", about: row.subject, reason: answers.reason
            ) { ApproveAdjustment(head: $0, memberID: memberID, adjustmentID: adjustmentID) }
        })

    private static let reject = QueueAction(
        name: "reject", permission: .commissionDecide, isDangerous: true,
        send: { visit, row, answers in
            let (memberID, adjustmentID) = (row["member"], row["adjustment"])
            return try await visit.tools.commands.send(
                visit, to: "commission", about: row.subject, reason: answers.reason
            ) { RejectAdjustment(head: $0, memberID: memberID, adjustmentID: adjustmentID) }
        })
}
