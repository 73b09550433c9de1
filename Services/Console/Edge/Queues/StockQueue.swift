import ConsoleDomain
import Contracts
import Postgres

/// Goods that run low, and what should be ordered.
enum StockQueue {
    static let stock = WorkQueue(
        name: "stock", view: .stockView,
        columns: [
            QueueColumn("sku"), QueueColumn("available", isNumber: true), QueueColumn("threshold", isNumber: true),
            QueueColumn("incoming", isNumber: true), QueueColumn("suggested", isNumber: true),
            QueueColumn("order-by"), QueueColumn("why"), QueueColumn("since"),
        ],
        filters: [QueueFilter(name: "show", options: ["low", "suggested"], prefix: "queues.stock.show")],
        actions: [accept, safety, quota],
        sql: { question in
            QueueSQL(
                from: """
                    stock t LEFT JOIN alerts a ON a.sku = t.sku AND a.recovered_at IS NULL
                    LEFT JOIN suggestions s ON s.sku = t.sku AND s.quantity > 0 AND NOT EXISTS (
                        SELECT FROM commands d WHERE d.subject = 'item/' || t.sku AND d.type = \(AcceptSuggestion.type)
                            AND d.outcome = 'accepted' AND d.body ->> 'suggestionId' = s.suggestion_id)
                    LEFT JOIN items i ON i.sku = t.sku
                    """,
                id: "t.sku", at: "coalesce(a.since, s.suggested_at, t.at)", subject: "'item/' || t.sku",
                columns: """
                    t.sku, i.name, t.available, a.threshold, t.incoming, s.suggestion_id, s.quantity, s.order_by, s.why,
                    a.reason, i.safety_stock
                    """,
                waits: shown(question), scope: question.scope.stock("t"))
        }, read: read)

    private static func shown(_ question: QueueQuestion) -> SQL {
        switch question.filters["show"] {
        case "low": "a.sku IS NOT NULL"
        case "suggested": "s.sku IS NOT NULL"
        default: "(a.sku IS NOT NULL OR s.sku IS NOT NULL)"
        }
    }

    /// Which threshold was crossed, and what speaks for ordering.
    private static func why(_ alert: String?, _ suggested: String?, _ visit: Visit) -> QueueCell {
        let crossed = alert.map {
            StockLow.Reason(rawValue: $0) == nil ? $0 : visit.say("queues.alert.\($0)")
        }
        let words = suggested.map { EngineWords(subject: .suggestion, visit: visit).say($0) }
        return .text(crossed ?? words, below: crossed == nil ? nil : words)
    }

    @Sendable private static func read(_ row: Row, _ visit: Visit) -> QueueContent {
        let first = QueueReader.firstColumn
        let sku = row.text(first)
        let quantity = row.int64OrNil(first + 6)
        let orderBy = row.daysSinceEpochOrNil(first + 7).map { CivilDay(daysSinceEpoch: $0) }
        let isDue = orderBy.map { $0 <= visit.tools.calendar.day(of: visit.mallNow) } ?? false
        let name = row.textOrNil(first + 1)
        let number = { (column: Int) in row.int64OrNil(first + column).map { visit.formats.number($0) } }
        return QueueContent(
            cells: [
                visit.viewer.may(.masterView)
                    ? .link(sku, "/master/items/record?key=\(PercentCoding.encoded(sku))", below: name)
                    : .text(sku, below: name),
                .text(number(2)), .text(number(3)), .text(number(4)), .text(number(6)),
                QueueCell(
                    text: orderBy.map { visit.formats.day($0) },
                    tags: isDue ? [QueueCell.Tag(text: visit.say("queues.overdue"), tone: "bad")] : []),
                why(row.textOrNil(first + 9), row.textOrNil(first + 8), visit),
                .text(QueueWords.time(row, QueueReader.timeColumn, visit)),
            ],
            values: [
                "sku": sku, "suggestion": row.textOrNil(first + 5) ?? "", "quantity": quantity.map { "\($0)" } ?? "",
                "safety": row.int64OrNil(first + 10).map { "\($0)" } ?? "",
            ])
    }

    private static let accept = QueueAction(
        name: "accept", permission: .stockManage,
        fields: [QueueField("quantity", .integer(1...999_999_999, isRequired: true))],
        allows: { row, _ in !row["suggestion"].isEmpty },
        send: { visit, row, answers in
            let (sku, suggestionID) = (row["sku"], row["suggestion"])
            let typed = answers.number("quantity")
            let quantity = typed.map { "\($0)" } == row["quantity"] ? nil : typed
            return try await visit.tools.commands.send(
                visit, to: "inventory", about: row.subject, reason: answers.reason
            ) { AcceptSuggestion(head: $0, sku: sku, suggestionID: suggestionID, quantity: quantity) }
        }, defaults: { _, row in row["quantity"] })

    private static let safety = QueueAction(
        name: "safety", permission: .stockManage,
        fields: [
            QueueField("quantity", .integer(0...999_999_999, isRequired: true)),
            QueueField("warehouse", .text(0...64)),
        ],
        send: { visit, row, answers in
            let (sku, quantity, warehouse) = (row["sku"], answers.number("quantity") ?? 0, answers.text("warehouse"))
            return try await visit.tools.commands.send(
                visit, to: "inventory", about: row.subject, reason: answers.reason
            ) { SetSafetyStock(head: $0, sku: sku, warehouse: warehouse, quantity: quantity) }
        }, defaults: { field, row in field == "quantity" ? row["safety"] : "" })

    private static let quota = QueueAction(
        name: "quota", permission: .stockManage,
        fields: [
            QueueField("channel", .text(1...64)),
            QueueField("quantity", .integer(0...999_999_999, isRequired: false)),
        ],
        send: { visit, row, answers in
            let (sku, channel, quantity) = (row["sku"], answers.text("channel") ?? "", answers.number("quantity"))
            return try await visit.tools.commands.send(
                visit, to: "inventory", about: row.subject, reason: answers.reason
            ) { SetChannelQuota(head: $0, sku: sku, channel: channel, quantity: quantity) }
        })
}
