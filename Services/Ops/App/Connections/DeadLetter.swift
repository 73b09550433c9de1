import Contracts
import Postgres

/// A message that a service could not handle, as its table holds it.
struct DeadLetter: Encodable {
    let service: String
    let id: Int64
    let topic: String
    let partition: Int32
    let offset: Int64
    let messageID: String
    let reason: String
    let field: String?
    let attempts: Int32
    let failedAt: String
    let state: String
    let key: String?
    /// Only shown when one letter is asked for: it may hold personal data.
    let value: String?

    private init(_ service: String, _ row: Row) {
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        self.service = service
        id = row.int64(0)
        topic = row.text(1)
        partition = row.int32(2)
        offset = row.int64(3)
        messageID = row.text(4)
        reason = row.text(5)
        field = row.textOrNil(6)
        attempts = row.int32(7)
        failedAt = Instant(milliseconds: row.milliseconds(8)).description
        state = row.text(9)
        key = row.bytesOrNil(10).map(text)
        value = row.bytesOrNil(11).map(text)
    }

    /// The newest first.
    static func list(
        _ service: String, state: String, limit: Int64, _ administrator: Administrator
    ) throws -> [DeadLetter] {
        var parameters = Parameters()
        parameters.append(state)
        parameters.append(limit)
        return try administrator.connect(service).query(
            """
            SELECT id, topic, partition, record_offset, message_id, reason, field, attempts, failed_at, state,
                record_key, NULL::bytea
            FROM dead_letters WHERE state = $1 ORDER BY id DESC LIMIT $2
            """, parameters
        ).map { DeadLetter(service, $0) }
    }

    static func find(_ service: String, id: Int64, _ administrator: Administrator) throws -> DeadLetter? {
        var parameters = Parameters()
        parameters.append(id)
        return try administrator.connect(service).query(
            """
            SELECT id, topic, partition, record_offset, message_id, reason, field, attempts, failed_at, state,
                record_key, record_value
            FROM dead_letters WHERE id = $1
            """, parameters
        ).first.map { DeadLetter(service, $0) }
    }
}
