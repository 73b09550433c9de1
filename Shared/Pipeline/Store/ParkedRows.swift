import Contracts
import Kafka
import Postgres

/// Messages put aside: those that wait for an aggregate, and those that could not be handled.
extension EffectsWriter {
    func writeWaiting(_ effects: Effects, _ transaction: borrowing Transaction) throws(PostgresError) {
        let fresh = effects.parked.filter { $0.id == 0 }
        if !fresh.isEmpty { try insert(fresh, transaction) }
        let again = effects.parked.filter { $0.id != 0 }
        if !again.isEmpty {
            var parameters = Parameters()
            parameters.append(again.map(\.id))
            parameters.append(again.map(\.key))
            parameters.appendTimestamps(again.map(\.retryAt.milliseconds))
            parameters.append(again.map { Int32($0.offers) })
            try transaction.run(
                """
                UPDATE waiting w SET key = n.key, retry_at = n.retry_at, offers = n.offers
                FROM unnest($1::int8[], $2::text[], $3::timestamptz[], $4::int4[]) AS n(id, key, retry_at, offers)
                WHERE w.id = n.id
                """, parameters)
        }
        guard !effects.unparked.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(effects.unparked)
        try transaction.run("DELETE FROM waiting WHERE id = ANY($1::int8[])", parameters)
    }

    private func insert(_ rows: [WaitingRow], _ transaction: borrowing Transaction) throws(PostgresError) {
        var parameters = Parameters()
        parameters.append(rows.map(\.key))
        parameters.append(rows.map(\.shard))
        parameters.appendDates(rows.map(\.name.day))
        parameters.append(rows.map(\.name.id))
        parameters.append(rows.map(\.bodyHash))
        parameters.append(rows.map(\.record.topic))
        parameters.append(rows.map(\.record.partition))
        parameters.append(rows.map(\.record.offset))
        parameters.appendTimestamps(rows.map(\.record.timestampMilliseconds))
        parameters.append(rows.map(\.record.key))
        parameters.append(rows.map(\.record.value))
        parameters.append(rows.map { RecordHeaders.encode($0.record.headers) })
        parameters.append(rows.map(\.reason))
        parameters.appendTimestamps(rows.map(\.parkedAt.milliseconds))
        parameters.appendTimestamps(rows.map(\.deadline.milliseconds))
        parameters.appendTimestamps(rows.map(\.retryAt.milliseconds))
        try transaction.run(
            """
            INSERT INTO waiting (key, shard, day, message_id, body_hash, topic, partition, record_offset, recorded_at,
                record_key, record_value, record_headers, reason, parked_at, deadline, retry_at, offers)
            SELECT n.*, 0 FROM unnest($1::text[], $2::int4[], $3::date[], $4::text[], $5::int8[], $6::text[],
                $7::int4[], $8::int8[], $9::timestamptz[], $10::bytea[], $11::bytea[], $12::bytea[], $13::text[],
                $14::timestamptz[], $15::timestamptz[], $16::timestamptz[]) AS n
            """, parameters)
    }

    func writeDeadLetters(_ effects: Effects, _ transaction: borrowing Transaction) throws(PostgresError) {
        for order in effects.deadLetterOrders { try obey(order, transaction) }
        if !effects.revived.isEmpty {
            var parameters = Parameters()
            parameters.append(effects.revived)
            try transaction.run(
                "UPDATE dead_letters SET state = 'revived' WHERE id = ANY($1::int8[])", parameters)
        }
        guard !effects.deadLetters.isEmpty else { return }
        let rows = effects.deadLetters
        var parameters = Parameters()
        parameters.append(rows.map(\.shard))
        parameters.append(rows.map(\.messageID))
        parameters.append(rows.map(\.record.topic))
        parameters.append(rows.map(\.record.partition))
        parameters.append(rows.map(\.record.offset))
        parameters.appendTimestamps(rows.map(\.record.timestampMilliseconds))
        parameters.append(rows.map(\.record.key))
        parameters.append(rows.map(\.record.value))
        parameters.append(rows.map { RecordHeaders.encode($0.record.headers) })
        parameters.append(rows.map(\.reason))
        parameters.append(rows.map(\.field))
        parameters.append(rows.map { Int32($0.attempts) })
        parameters.appendTimestamps(rows.map(\.failedAt.milliseconds))
        try transaction.run(
            """
            INSERT INTO dead_letters (shard, message_id, topic, partition, record_offset, recorded_at, record_key,
                record_value, record_headers, reason, field, attempts, failed_at)
            SELECT * FROM unnest($1::int4[], $2::text[], $3::text[], $4::int4[], $5::int8[], $6::timestamptz[],
                $7::bytea[], $8::bytea[], $9::bytea[], $10::text[], $11::text[], $12::int4[], $13::timestamptz[])
            """, parameters)
    }

    private func obey(_ order: DeadLetterOrder, _ transaction: borrowing Transaction) throws(PostgresError) {
        var ids: [Int64] = []
        var places: [RecordPlace] = []
        if case .named(let named, let records) = order.choice { (ids, places) = (named, records) }
        var parameters = Parameters()
        parameters.append(order.verb == .retry ? "retry" : "discarded")
        parameters.append(order.choice == .all)
        parameters.append(ids)
        parameters.append(places.map(\.topic))
        parameters.append(places.map(\.partition))
        parameters.append(places.map(\.offset))
        try transaction.run(
            """
            UPDATE dead_letters SET state = $1
            WHERE state = 'dead' AND ($2 OR id = ANY($3::int8[])
                OR (topic, partition, record_offset) IN (SELECT * FROM unnest($4::text[], $5::int4[], $6::int8[])))
            """, parameters)
    }
}
