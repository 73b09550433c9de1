import ConsoleDomain
import Contracts
import Postgres

/// Reads one case with its story.
enum CaseRows {
    private static let mostNotes = 100

    static func find(_ caseID: String, _ scope: ScopeSQL, in connection: Connection) throws -> CaseStory? {
        let rows = try connection.rows(
            """
            SELECT \(CaseRead.columns) FROM cases c JOIN orders o ON o.order_id = c.order_id
            WHERE c.case_id = \(caseID) AND \(scope.cases("c"))
            """)
        guard let found = rows.first.map({ CaseRead($0, 0) }) else { return nil }
        return CaseStory(
            found: found, commands: try commands(about: "case/\(caseID)", in: connection),
            facts: try facts(of: found, in: connection))
    }

    /// What was asked about a subject, the newest first.
    static func commands(
        about subject: String, in connection: Connection
    ) throws(PostgresError) -> [CaseStory.CommandNote] {
        try connection.rows(
            """
            SELECT command_id, type, actor, reason, issued_at, outcome, answer FROM commands
            WHERE subject = \(subject) AND issued_at IS NOT NULL ORDER BY issued_at DESC LIMIT \(mostNotes)
            """
        ).map { row in
            CaseStory.CommandNote(
                commandID: row.text(0), type: row.text(1), actor: row.text(2), reason: row.text(3),
                at: row.instant(4), outcome: row.textOrNil(5), answer: row.textOrNil(6))
        }
    }

    private static func facts(
        of found: CaseRead, in connection: Connection
    ) throws(PostgresError) -> [CaseStory.FactNote] {
        try connection.rows(
            """
            SELECT type, at, topic || ' [' || partition || '] @' || partition_offset FROM facts
            WHERE key = \(found.orderID) AND body ->> 'caseId' = \(found.caseID) ORDER BY at, version
            LIMIT \(mostNotes)
            """
        ).map { CaseStory.FactNote(type: $0.text(0), at: $0.instant(1), place: $0.text(2)) }
    }
}
