import ConsoleDomain
import Contracts
import Postgres

/// Messages that a service could not handle and has put aside. Their content stays with the service: it may name people.
enum DeadLetterQueue {
    static let letters = WorkQueue(
        name: "dead-letters", view: .deadLettersView,
        columns: [
            QueueColumn("service"), QueueColumn("type"), QueueColumn("fault"), QueueColumn("key"),
            QueueColumn("record"), QueueColumn("attempts", isNumber: true), QueueColumn("failed"),
        ],
        filters: [QueueFilter(name: "service", options: Topic.services, prefix: "queues.service")],
        actions: [retry, retryAll, discard],
        sql: { question in
            QueueSQL(
                from: "told_dead_letters d", id: "d.service || ' ' || d.message_id", at: "d.failed_at",
                subject: "'dead-letters/' || d.service",
                columns: """
                    d.service, d.type, d.reason, d.field, d.key, d.topic, d.partition::int8, d.partition_offset,
                    d.attempts, d.handled_at IS NOT NULL
                    """,
                waits: "d.handled_at IS NULL AND \(question.filter("service") { "d.service = \($0)" })",
                // A letter's key may name an order of anybody.
                scope: question.viewer.scope == .all ? "TRUE" : "FALSE")
        },
        read: { row, visit in
            let first = QueueReader.firstColumn
            let service = row.text(first)
            let place = "\(row.text(first + 5)) [\(row.int64(first + 6))] @\(row.int64(first + 7))"
            return QueueContent(
                cells: [
                    .tags([QueueCell.Tag(text: service)]), .text(row.text(first + 1)),
                    .text(row.text(first + 2), below: row.textOrNil(first + 3)), .text(row.text(first + 4)),
                    .text(place), .text(visit.formats.number(row.int64(first + 8))),
                    .text(QueueWords.time(row, QueueReader.timeColumn, visit)),
                ],
                values: [
                    "service": service, "handled": row.bool(first + 9) ? "yes" : "", "topic": row.text(first + 5),
                    "partition": String(row.int64(first + 6)), "offset": String(row.int64(first + 7)),
                ])
        })

    private static let retry = QueueAction(
        name: "retry", permission: .deadLettersManage, allows: { row, _ in row["handled"].isEmpty },
        send: { visit, row, answers in
            let id = try await visit.tools.commands.send(
                visit, to: row["service"], about: row.subject, reason: answers.reason
            ) { RetryDeadLetters(head: $0, records: [place(of: row)]) }
            try await close(row, visit)
            return id
        })

    private static let retryAll = QueueAction(
        name: "retry-all", permission: .deadLettersManage, once: { $0["service"] },
        allows: { row, _ in row["handled"].isEmpty },
        send: { visit, row, answers in
            let id = try await visit.tools.commands.send(
                visit, to: row["service"], about: row.subject, reason: answers.reason
            ) { RetryDeadLetters(head: $0, all: true) }
            try await closeAll(row["service"], visit)
            return id
        })

    private static let discard = QueueAction(
        name: "discard", permission: .deadLettersManage, isDangerous: true,
        allows: { row, _ in row["handled"].isEmpty },
        send: { visit, row, answers in
            let id = try await visit.tools.commands.send(
                visit, to: row["service"], about: row.subject, reason: answers.reason
            ) { DiscardDeadLetters(head: $0, records: [place(of: row)]) }
            try await close(row, visit)
            return id
        })

    private static func place(of row: QueueRow) -> RecordPlace {
        RecordPlace(
            topic: row["topic"], partition: Int32(row["partition"]) ?? 0, offset: Int64(row["offset"]) ?? 0)
    }

    /// Out of sight for now: one that fails again comes back as another letter.
    private static func close(_ row: QueueRow, _ visit: Visit) async throws {
        let (id, now) = (row.id, visit.mallNow)
        try await visit.tools.database.write { transaction in
            _ = try transaction.rows(
                """
                UPDATE told_dead_letters SET handled_at = \(now)
                WHERE service || ' ' || message_id = \(id) AND service = \(row["service"]) AND handled_at IS NULL
                """)
        }
    }

    private static func closeAll(_ service: String, _ visit: Visit) async throws {
        let now = visit.mallNow
        try await visit.tools.database.write { transaction in
            _ = try transaction.rows(
                """
                UPDATE told_dead_letters SET handled_at = \(now)
                WHERE service = \(service) AND handled_at IS NULL AND failed_at <= \(now)
                """)
        }
    }
}
