import Contracts
import Postgres

/// Writes what a batch leaves behind, one statement per table, in the order of the locks: timers, inbox, outbox.
struct EffectsWriter {
    let service: String

    func write(_ effects: Effects, in transaction: borrowing Transaction) throws(PostgresError) {
        try writeTimers(effects.timers, transaction)
        try writeJournal(effects.journal, transaction)
        try writeWaiting(effects, transaction)
        try writeDeadLetters(effects, transaction)
        try writeOutbox(effects.outbox, transaction)
    }

    /// The last word on each timer counts.
    private func writeTimers(_ changes: [TimerChange], _ transaction: borrowing Transaction) throws(PostgresError) {
        guard !changes.isEmpty else { return }
        var due: [TimerName: Instant?] = [:]
        for change in changes {
            switch change {
            case .set(let kind, let key, let instant): due[TimerName(kind: kind, key: key)] = .some(instant)
            case .cancel(let kind, let key): due[TimerName(kind: kind, key: key)] = .some(nil)
            }
        }
        let sorted = due.sorted { ($0.key.key, $0.key.kind) < ($1.key.key, $1.key.kind) }
        let cancelled = sorted.filter { $0.value == nil }.map(\.key)
        if !cancelled.isEmpty {
            var parameters = Parameters()
            parameters.append(cancelled.map(\.kind))
            parameters.append(cancelled.map(\.key))
            try transaction.run(
                """
                DELETE FROM timers t USING unnest($1::text[], $2::text[]) AS d(kind, key)
                WHERE t.kind = d.kind AND t.key = d.key
                """, parameters)
        }
        let set = sorted.compactMap { name, instant in instant.map { (name, $0) } }
        guard !set.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(set.map(\.0.kind))
        parameters.append(set.map(\.0.key))
        parameters.append(set.map(\.0.shard))
        parameters.appendTimestamps(set.map(\.1.milliseconds))
        try transaction.run(
            """
            INSERT INTO timers (kind, key, shard, due_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::int4[], $4::timestamptz[])
            ON CONFLICT (key, kind) DO UPDATE SET due_at = EXCLUDED.due_at
            """, parameters)
    }

    private func writeJournal(_ rows: [JournalRow], _ transaction: borrowing Transaction) throws(PostgresError) {
        guard !rows.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(service)
        parameters.appendDates(rows.map(\.name.day))
        parameters.append(rows.map(\.name.id))
        parameters.append(rows.map(\.topic))
        parameters.append(rows.map(\.partition))
        parameters.append(rows.map(\.offset))
        parameters.append(rows.map(\.bodyHash))
        parameters.appendTimestamps(rows.map(\.decidedAt.milliseconds))
        parameters.append(rows.map(\.body))
        try transaction.run(
            """
            INSERT INTO inbox (day, consumer, message_id, topic, partition, record_offset, body_hash, decided_at, body)
            SELECT day, $1, id, topic, partition, record_offset, hash, decided_at, body
            FROM unnest($2::date[], $3::text[], $4::text[], $5::int4[], $6::int8[], $7::int8[], $8::timestamptz[],
                $9::bytea[]) AS n(day, id, topic, partition, record_offset, hash, decided_at, body)
            """, parameters)
    }

    private func writeOutbox(_ rows: [OutboxRow], _ transaction: borrowing Transaction) throws(PostgresError) {
        guard !rows.isEmpty else { return }
        var parameters = Parameters()
        parameters.appendDates(rows.map(\.day))
        parameters.append(rows.map(\.shard))
        parameters.append(rows.map(\.topic))
        parameters.append(rows.map(\.key))
        parameters.append(rows.map(\.envelope.type))
        parameters.append(rows.map(\.envelope.id))
        parameters.append(rows.map(\.envelope.source))
        parameters.append(rows.map(\.envelope.subject))
        parameters.appendTimestamps(rows.map { $0.envelope.time?.milliseconds })
        parameters.append(rows.map(\.envelope.correlationID))
        parameters.append(rows.map(\.envelope.causationID))
        parameters.append(rows.map(\.envelope.traceparent))
        parameters.append(rows.map { RecordHeaders.encode($0.extraHeaders) })
        parameters.append(rows.map(\.payload))
        try transaction.run(
            """
            WITH written AS (
                INSERT INTO outbox (day, shard, aggregatetype, aggregateid, type, event_id, source, subject,
                    occurred_at, correlation_id, causation_id, traceparent, extra_headers, payload)
                SELECT * FROM unnest($1::date[], $2::int4[], $3::text[], $4::text[], $5::text[], $6::text[],
                    $7::text[], $8::text[], $9::timestamptz[], $10::text[], $11::text[], $12::text[], $13::bytea[],
                    $14::bytea[])
                RETURNING shard, id, day, aggregateid)
            INSERT INTO outbox_unsent (shard, id, day, aggregateid) SELECT shard, id, day, aggregateid FROM written
            """, parameters)
    }
}
