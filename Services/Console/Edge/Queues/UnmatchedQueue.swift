import ConsoleDomain
import Contracts
import Postgres

/// Goods of channels that no item and no listing is known for; one match mends every order that waits for it.
enum UnmatchedQueue {
    static let unmatched = WorkQueue(
        name: "unmatched", view: .ordersView,
        columns: [
            QueueColumn("external-sku"), QueueColumn("channel"), QueueColumn("orders", isNumber: true),
            QueueColumn("pieces", isNumber: true), QueueColumn("first-order"), QueueColumn("placed"),
        ],
        filters: [QueueFilter(name: "channel")],
        actions: [match],
        sql: { question in
            QueueSQL(
                from: """
                    (SELECT o.channel, l.sku, min(o.placed_at) AS at, min(o.order_id) AS order_id, count(*) AS orders,
                        sum(l.quantity)::int8 AS pieces
                    FROM orders o JOIN order_lines l ON l.order_id = o.order_id
                    WHERE o.holds <> '{}' AND \(HoldKind.unmatchedSku.rawValue) = ANY(o.holds)
                        AND o.placed_at IS NOT NULL AND \(question.scope.orders("o"))
                        AND \(question.filter("channel") { "o.channel = \($0)" })
                        AND NOT EXISTS (SELECT FROM current_records r WHERE r.topic = \(Topic.catalogItems.name)
                            AND r.key = l.sku)
                        AND NOT EXISTS (SELECT FROM current_records r WHERE r.topic = \(Topic.catalogListings.name)
                            AND r.key = o.channel || '/' || l.sku)
                    GROUP BY o.channel, l.sku) u
                    """,
                id: "u.channel || '/' || u.sku", at: "u.at", subject: "'listing/' || u.channel || '/' || u.sku",
                columns: "u.sku, u.channel, u.orders, u.pieces, u.order_id", waits: "TRUE",
                // The rows are made of orders within the scope.
                scope: "TRUE")
        },
        read: { row, visit in
            let first = QueueReader.firstColumn
            let (sku, channel, orderID) = (row.text(first), row.text(first + 1), row.text(first + 4))
            return QueueContent(
                cells: [
                    .text(sku), .text(channel), .text(visit.formats.number(row.int64(first + 2))),
                    .text(visit.formats.number(row.int64(first + 3))),
                    .link(orderID, "/orders/\(PercentCoding.encoded(orderID))"),
                    .text(QueueWords.time(row, QueueReader.timeColumn, visit)),
                ], values: ["sku": sku, "channel": channel, "order": orderID])
        })

    private static let match = QueueAction(
        name: "match", permission: .ordersEdit,
        fields: [
            QueueField("sku", .text(1...200)), QueueField("quantity", .integer(1...1_000_000, isRequired: true)),
        ],
        send: { visit, row, answers in
            let orderID = try QueueWords.orderID(row["order"])
            let (sku, quantity) = (answers.text("sku") ?? "", answers.number("quantity") ?? 1)
            let (channel, externalSku) = (row["channel"], row["sku"])
            return try await visit.tools.commands.send(
                visit, to: "intake", about: row.subject, reason: answers.reason
            ) {
                MatchSku(
                    head: $0, orderID: orderID, channel: channel, externalSku: externalSku, sku: sku,
                    quantity: quantity)
            }
        }, defaults: { field, _ in field == "quantity" ? "1" : "" })
}
