import ConsoleDomain
import Contracts
import Postgres

/// The tables `told_dead_letters` and `commands`.
enum OperationRows {
    static func save(_ letters: [DeadLetterNote], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !letters.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(letters.map(\.service))
        parameters.append(letters.map(\.messageID))
        parameters.append(letters.map(\.key))
        parameters.append(letters.map(\.type))
        parameters.append(letters.map(\.note.reason))
        parameters.append(letters.map(\.note.field))
        parameters.append(letters.map(\.note.topic))
        parameters.append(letters.map(\.note.partition))
        parameters.append(letters.map(\.note.offset))
        parameters.append(letters.map(\.note.attempts))
        parameters.appendTimestamps(letters.map(\.note.failedAt.milliseconds))
        try transaction.run(
            """
            INSERT INTO told_dead_letters (service, message_id, key, type, reason, field, topic, partition, partition_offset,
                attempts, failed_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::int4[], $9::int8[], $10::int8[], $11::timestamptz[])
            ON CONFLICT DO NOTHING
            """, parameters)
    }

    /// An answer may be read before the page that asked has put its command down.
    static func save(
        _ answers: [(CommandAnswered, at: Instant)], in transaction: borrowing Transaction
    ) throws(PostgresError) {
        guard !answers.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(answers.map(\.0.commandID))
        parameters.append(answers.map(\.0.outcome.rawValue))
        parameters.append(answers.map(\.0.reason))
        parameters.appendTimestamps(answers.map(\.at.milliseconds))
        try transaction.run(
            """
            INSERT INTO commands (command_id, outcome, answer, answered_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
            ON CONFLICT (command_id) DO UPDATE SET outcome = EXCLUDED.outcome, answer = EXCLUDED.answer,
                answered_at = EXCLUDED.answered_at
            """, parameters)
    }
}
