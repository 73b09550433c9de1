import Contracts
import Kafka
public import Postgres

/// The pipeline's rows as the statements of `PostgresStore` and `PostgresOutbox` list their columns.
extension DueTimer {
    init(_ row: Row) {
        self.init(kind: row.text(0), key: row.text(1), due: Instant(milliseconds: row.milliseconds(2)))
    }
}

extension WaitingRow {
    init(_ row: Row) {
        self.init(
            id: row.int64(0), key: row.text(1), shard: row.int32(2),
            name: MessageName(day: Int(row.int32(3)), id: row.text(4)), bodyHash: row.int64(5),
            record: KafkaRecord(
                topic: row.text(6), partition: row.int32(7), offset: row.int64(8),
                timestampMilliseconds: row.milliseconds(9), key: row.bytesOrNil(10), value: row.bytesOrNil(11),
                headers: RecordHeaders.decode(row.bytesOrNil(12))),
            reason: row.text(13), parkedAt: Instant(milliseconds: row.milliseconds(14)),
            deadline: Instant(milliseconds: row.milliseconds(15)),
            retryAt: Instant(milliseconds: row.milliseconds(16)), offers: Int(row.int32(17)))
    }
}

extension DeadLetterRow {
    init(_ row: Row) {
        self.init(
            id: row.int64(0), shard: row.int32(1), messageID: row.text(2),
            record: KafkaRecord(
                topic: row.text(3), partition: row.int32(4), offset: row.int64(5),
                timestampMilliseconds: row.milliseconds(6), key: row.bytesOrNil(7), value: row.bytesOrNil(8),
                headers: RecordHeaders.decode(row.bytesOrNil(9))),
            reason: row.text(10), field: row.textOrNil(11), attempts: Int(row.int32(12)),
            failedAt: Instant(milliseconds: row.milliseconds(13)))
    }
}

extension OutboxRow {
    /// - Parameter row: `id, day - DATE '1970-01-01', shard::int4, aggregatetype, aggregateid, event_id, type, source,
    ///   subject, occurred_at, correlation_id, causation_id, traceparent, extra_headers, payload`.
    public init(_ row: Row) {
        self.init(
            id: row.int64(0), day: Int(row.int32(1)), shard: row.int32(2), topic: row.text(3), key: row.text(4),
            envelope: Envelope(
                id: row.text(5), type: row.text(6), source: row.text(7), subject: row.textOrNil(8),
                time: row.millisecondsOrNil(9).map { Instant(milliseconds: $0) }, correlationID: row.textOrNil(10),
                causationID: row.textOrNil(11), traceparent: row.textOrNil(12)),
            extraHeaders: RecordHeaders.decode(row.bytesOrNil(13)), payload: row.bytesOrNil(14))
    }
}
