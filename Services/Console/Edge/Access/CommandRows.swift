import Contracts
import Pipeline
import Postgres

/// A command and what has become of it.
struct CommandState: Sendable {
    let commandID: String
    let service: String
    let type: String
    let subject: String
    let actor: String
    let reason: String
    let issuedAt: Instant
    /// `accepted`, `refused`, `unsent`; nil while nobody has answered.
    let outcome: String?
    let answer: String?
    let answeredAt: Instant?
}

enum CommandRows {
    static func add(
        _ id: String, service: String, type: String, subject: String, _ head: CommandHead, _ body: [UInt8],
        in transaction: borrowing Transaction
    ) throws(PostgresError) {
        let text = String(decoding: body, as: UTF8.self)
        try transaction.rows(
            """
            INSERT INTO commands (command_id, service, type, subject, actor, reason, issued_at, body)
            VALUES (\(id), \(service), \(type), \(subject), \(head.actor), \(head.reason), \(head.issuedAt),
                \(text)::json)
            """)
    }

    /// The broker has not taken it. Should it have got there all the same, its answer takes the place of this.
    static func failed(
        _ id: String, _ outcome: PublishOutcome, at now: Instant, in transaction: borrowing Transaction
    ) throws(PostgresError) {
        let reason =
            switch outcome {
            case .acknowledged: ""
            case .tooLarge: "the command is too large"
            case .unavailable(let reason): reason
            }
        try transaction.rows(
            """
            UPDATE commands SET outcome = 'unsent', answer = \(reason), answered_at = \(now)
            WHERE command_id = \(id) AND outcome IS NULL
            """)
    }

    private static let columns: SQL =
        "SELECT command_id, service, type, subject, actor, reason, issued_at, outcome, answer, answered_at FROM commands"

    /// Of one subject, newest first, at most 50.
    static func all(about subject: String, in connection: Connection) throws(PostgresError) -> [CommandState] {
        try connection.rows(
            "\(columns) WHERE subject = \(subject) AND issued_at IS NOT NULL ORDER BY issued_at DESC LIMIT 50"
        ).map(state)
    }

    static func find(_ id: String, in connection: Connection) throws(PostgresError) -> CommandState? {
        try connection.rows("\(columns) WHERE command_id = \(id) AND issued_at IS NOT NULL").first.map(state)
    }

    private static func state(_ row: Row) -> CommandState {
        CommandState(
            commandID: row.text(0), service: row.text(1), type: row.text(2), subject: row.text(3),
            actor: row.text(4), reason: row.text(5), issuedAt: row.instant(6), outcome: row.textOrNil(7),
            answer: row.textOrNil(8), answeredAt: row.instantOrNil(9))
    }
}
