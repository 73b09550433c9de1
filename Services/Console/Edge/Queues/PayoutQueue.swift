import ConsoleDomain
import Contracts
import Postgres

/// Money that members want paid out.
enum PayoutQueue {
    static let payouts = WorkQueue(
        name: "payouts", view: .payoutsView,
        columns: [
            QueueColumn("payout"), QueueColumn("member"), QueueColumn("amount", isNumber: true),
            QueueColumn("fee", isNumber: true), QueueColumn("tax", isNumber: true),
            QueueColumn("net", isNumber: true), QueueColumn("held", isNumber: true), QueueColumn("requested"),
        ],
        filters: [QueueFilter(name: "member")], actions: [approve, reject],
        sql: { question in
            QueueSQL(
                from: "payouts p LEFT JOIN members m ON m.member_id = p.member_id", id: "p.payout_id",
                at: "p.requested_at", subject: "'payout/' || p.payout_id",
                columns: """
                    p.payout_id, p.member_id, p.amount, p.fee, p.tax, p.currency, p.state, m.name,
                    (SELECT count(*) FROM earnings e WHERE e.member_id = p.member_id AND e.holds::text <> '{}')
                    """,
                waits: """
                    p.state = 'requested' AND p.requested_at IS NOT NULL
                    AND \(question.filter("member") { "p.member_id = \($0)" })
                    """, scope: question.scope.payouts("p"))
        },
        read: { row, visit in
            let first = QueueReader.firstColumn
            let (id, member) = (row.text(first), row.text(first + 1))
            let (amount, fee, tax) = (row.int64(first + 2), row.int64(first + 3), row.int64(first + 4))
            let currency = row.text(first + 5)
            let money = { (amount: Int64) in QueueCell.text(visit.formats.money(amount, currency)) }
            let held = row.int64(first + 8)
            return QueueContent(
                cells: [
                    .text(id), QueueWords.member(member, visit, below: row.textOrNil(first + 7)), money(amount),
                    money(fee), money(tax), money(amount - fee - tax),
                    held == 0
                        ? .text("0")
                        : .link(
                            visit.formats.number(held), "/queues/held?member=\(PercentCoding.encoded(member))"),
                    .text(QueueWords.time(row, QueueReader.timeColumn, visit)),
                ], values: ["payout": id, "member": member, "state": row.text(first + 6)])
        })

    private static let approve = QueueAction(
        name: "approve", permission: .payoutsApprove, allows: { row, _ in row["state"] == "requested" },
        send: { visit, row, answers in
            let (payoutID, memberID) = (row["payout"], row["member"])
            return try await visit.tools.commands.send(
                visit, to: "commission", about: row.subject, reason: answers.reason
            ) { ApprovePayout(head: $0, memberID: memberID, payoutID: payoutID) }
        })

    private static let reject = QueueAction(
        name: "reject", permission: .payoutsApprove, isDangerous: true,
        allows: { row, _ in row["state"] == "requested" },
        send: { visit, row, answers in
            let (payoutID, memberID) = (row["payout"], row["member"])
            return try await visit.tools.commands.send(
                visit, to: "commission", about: row.subject, reason: answers.reason
            ) { RejectPayout(head: $0, memberID: memberID, payoutID: payoutID) }
        })
}
