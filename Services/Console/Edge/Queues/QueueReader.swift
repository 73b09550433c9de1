import ConsoleDomain
import Contracts
import Postgres

/// Reads queues: a page of one, or how much waits in it.
enum QueueReader {
    static let pageSize = 50
    /// Counting ends here.
    static let mostCounted: Int64 = 1000
    /// Since when a row waits.
    static let timeColumn = 4
    /// Where a queue's own columns begin.
    static let firstColumn = 7

    /// At most a page and one more row, the oldest first.
    static func rows(
        _ queue: WorkQueue, _ question: QueueQuestion, _ visit: Visit, in connection: Connection
    ) throws(PostgresError) -> [QueueRow] {
        let sql = queue.sql(question)
        let since = question.now + .days(-1)
        // What was asked about a row is looked up for the page alone.
        let rows = try connection.rows(
            """
            SELECT last.outcome, last.command_id, last.actor, last.answer, page.*
            FROM (
                SELECT \(sql.at) AS waits_since, \(sql.id) AS waits_id, \(sql.subject) AS waits_subject, \(sql.columns)
                FROM \(sql.from) WHERE \(sql.scope) AND \(condition(sql, question))
                ORDER BY \(sql.at), \(sql.id) LIMIT \(pageSize + 1)
            ) page
            LEFT JOIN LATERAL (
                SELECT coalesce(asked.outcome, 'waiting') AS outcome, asked.command_id, asked.actor, asked.answer
                FROM commands asked WHERE asked.subject = page.waits_subject AND asked.issued_at > \(since)
                ORDER BY asked.issued_at DESC LIMIT 1
            ) last ON TRUE
            ORDER BY page.waits_since, page.waits_id
            """)
        return rows.map { row in
            QueueRow(
                id: row.text(5), at: row.instantOrNil(timeColumn) ?? question.now, subject: row.text(6),
                pending: pending(row),
                content: queue.read(row, visit))
        }
    }

    /// How much waits, up to `mostCounted`.
    static func count(
        _ queue: WorkQueue, _ question: QueueQuestion, in connection: Connection
    ) throws(PostgresError) -> Int64 {
        let sql = queue.sql(question)
        return try connection.rows(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM \(sql.from) WHERE \(sql.scope) AND \(sql.waits) LIMIT \(mostCounted)
            ) counted
            """)[0].int64(0)
    }

    private static func condition(_ sql: QueueSQL, _ question: QueueQuestion) -> SQL {
        if let picks = question.picks { return "\(sql.id) = ANY(\(picks))" }
        guard let after = question.after else { return sql.waits }
        return "\(sql.waits) AND (\(sql.at), \(sql.id)) > (\(after.at), \(after.id))"
    }

    private static func pending(_ row: Row) -> PendingCommand? {
        guard let state = row.textOrNil(0), state != "accepted", let id = row.textOrNil(1) else { return nil }
        return PendingCommand(
            state: state, commandID: id, actor: row.textOrNil(2) ?? "", answer: row.textOrNil(3))
    }
}
