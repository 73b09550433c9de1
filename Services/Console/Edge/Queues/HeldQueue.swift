import ConsoleDomain
import Contracts
import Postgres

/// Earnings that are kept back: signs of fraud, and what a member disputes.
enum HeldQueue {
    static let held = WorkQueue(
        name: "held", view: .commissionView,
        columns: [
            QueueColumn("member"), QueueColumn("order"), QueueColumn("frozen", isNumber: true),
            QueueColumn("signal"), QueueColumn("reason"), QueueColumn("accrued"),
        ],
        filters: [
            QueueFilter(
                name: "signal", options: CommissionHoldKind.allCases.map(\.rawValue), prefix: "queues.signal"),
            QueueFilter(name: "member"),
        ],
        actions: [release, uphold, dismiss],
        sql: { question in
            QueueSQL(
                from: """
                    earnings e CROSS JOIN LATERAL json_each_text(e.holds) AS h(name, reason)
                    LEFT JOIN members m ON m.member_id = e.member_id
                    """,
                id: "e.order_id || ' ' || e.member_id || ' ' || h.name",
                at: "coalesce(e.accrued_at, to_timestamp(0))", subject: "'entry/' || split_part(h.name, ' ', 1)",
                columns: """
                    e.order_id, e.member_id, m.name, e.accrued - e.matured - e.reversed_frozen, e.currency,
                    split_part(h.name, ' ', 1), split_part(h.name, ' ', 2), h.reason, e.accrued_at
                    """,
                waits: """
                    e.holds::text <> '{}' AND \(question.filter("member") { "e.member_id = \($0)" })
                    AND \(question.filter("signal") { "split_part(h.name, ' ', 2) = \($0)" })
                    """, scope: "e.holds::text <> '{}' AND \(question.scope.earnings("e"))")
        },
        read: { row, visit in
            let first = QueueReader.firstColumn
            let (order, member, signal) = (row.text(first), row.text(first + 1), row.text(first + 6))
            return QueueContent(
                cells: [
                    QueueWords.member(member, visit, below: row.textOrNil(first + 2)), QueueWords.order(order),
                    .text(QueueWords.money(row, first + 3, first + 4, visit)),
                    .tags([
                        QueueCell.Tag(
                            text: visit.say("queues.signal.\(signal)"), tone: signal == "dispute" ? "info" : "bad")
                    ]), .text(row.textOrNil(first + 7)), .text(QueueWords.time(row, first + 8, visit)),
                ], values: ["order": order, "member": member, "entry": row.text(first + 5), "signal": signal])
        })

    private static let release = QueueAction(
        name: "release", permission: .commissionDecide, once: { $0["entry"] },
        allows: { row, _ in row["signal"] != CommissionHoldKind.dispute.rawValue },
        send: { visit, row, answers in
            let (memberID, entryID) = (row["member"], row["entry"])
            return try await visit.tools.commands.send(
                visit, to: "commission", about: row.subject, reason: answers.reason
            ) { ReleaseEntry(head: $0, memberID: memberID, entryID: entryID) }
        })

    private static let uphold = answer("uphold", .upheld)
    private static let dismiss = answer("dismiss", .dismissed)

    private static func answer(_ name: String, _ answer: DisputeAnswer) -> QueueAction {
        QueueAction(
            name: name, permission: .commissionDecide,
            allows: { row, _ in row["signal"] == CommissionHoldKind.dispute.rawValue },
            send: { visit, row, answers in
                let (memberID, entryID) = (row["member"], row["entry"])
                return try await visit.tools.commands.send(
                    visit, to: "commission", about: row.subject, reason: answers.reason
                ) { AnswerDispute(head: $0, memberID: memberID, entryID: entryID, answer: answer) }
            })
    }
}
