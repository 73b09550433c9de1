import ConsoleDomain
import Contracts
import Postgres

/// Orders that must not leave yet, and what of a channel's goods nobody knows.
enum HoldQueue {
    /// Holds that a person may end.
    private static let endable: Set<String> = [
        HoldKind.operator.rawValue, HoldKind.amount.rawValue, HoldKind.incompleteAddress.rawValue,
        HoldKind.blockedBuyer.rawValue, HoldKind.velocity.rawValue,
    ]

    static let holds = WorkQueue(
        name: "holds", view: .ordersView,
        columns: [
            QueueColumn("order"), QueueColumn("channel"), QueueColumn("holds"), QueueColumn("total", isNumber: true),
            QueueColumn("placed"),
        ],
        filters: [
            QueueFilter(name: "hold", options: HoldKind.allCases.map(\.rawValue), prefix: "queues.hold"),
            QueueFilter(name: "channel"),
        ],
        actions: [release, hold, cancel],
        sql: { question in
            QueueSQL(
                from: "orders o", id: "o.order_id", at: "o.placed_at", subject: "'order/' || o.order_id",
                columns: """
                    o.order_id, o.external_order_id, o.channel, array_to_string(o.holds, ','), o.total, o.currency,
                    o.state, (SELECT f.body ->> 'reason' FROM facts f WHERE f.key = o.order_id
                        AND f.type = \(OrderHeld.type) ORDER BY f.at DESC LIMIT 1)
                    """,
                waits: """
                    o.holds <> '{}' AND o.placed_at IS NOT NULL
                    AND \(question.filter("hold") { "\($0) = ANY(o.holds)" })
                    AND \(question.filter("channel") { "o.channel = \($0)" })
                    """, scope: question.scope.orders("o"))
        },
        read: { row, visit in
            let first = QueueReader.firstColumn
            let id = row.text(first)
            let holds = row.list(first + 3)
            return QueueContent(
                cells: [
                    .link(id, "/orders/\(PercentCoding.encoded(id))", below: row.textOrNil(first + 1)),
                    .text(row.textOrNil(first + 2)),
                    .tags(
                        holds.map { QueueCell.Tag(text: QueueWords.hold($0, visit), tone: "warn") },
                        below: row.textOrNil(first + 7)),
                    .text(QueueWords.money(row, first + 4, first + 5, visit)),
                    .text(QueueWords.time(row, QueueReader.timeColumn, visit)),
                ],
                values: [
                    "order": id, "holds": holds.joined(separator: ","), "state": row.textOrNil(first + 6) ?? "",
                ])
        })

    private static let release = QueueAction(
        name: "release", permission: .ordersHold,
        allows: { row, _ in row["holds"].split(separator: ",").contains { endable.contains(String($0)) } },
        send: { visit, row, answers in
            let orderID = try QueueWords.orderID(row["order"])
            return try await visit.tools.commands.send(
                visit, to: "intake", about: row.subject, reason: answers.reason
            ) { ReleaseOrder(head: $0, orderID: orderID) }
        })

    private static let hold = QueueAction(
        name: "hold", permission: .ordersHold,
        allows: { row, _ in ["pending-payment", "paid"].contains(row["state"]) && !row["holds"].contains("operator") },
        send: { visit, row, answers in
            let orderID = try QueueWords.orderID(row["order"])
            return try await visit.tools.commands.send(
                visit, to: "intake", about: row.subject, reason: answers.reason
            ) { HoldOrder(head: $0, orderID: orderID) }
        })

    private static let cancel = QueueAction(
        name: "cancel", permission: .ordersCancel, isDangerous: true,
        allows: { row, _ in ["pending-payment", "paid"].contains(row["state"]) },
        send: { visit, row, answers in
            let orderID = try QueueWords.orderID(row["order"])
            return try await visit.tools.commands.send(
                visit, to: "intake", about: row.subject, reason: answers.reason
            ) { CancelOrder(head: $0, orderID: orderID) }
        })
}
