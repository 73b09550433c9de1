import Contracts
import Postgres

/// A fact that the broker will never take, and with it the key whose later facts wait behind it.
struct StoppedKey: Encodable, Equatable {
    let service: String
    let id: Int64
    let topic: String
    let key: String
    let type: String
    let eventID: String
    let bytes: Int64
    /// Why the broker refuses it, as Kafka names it.
    let reason: String
    /// In the mall's time.
    let decidedAt: String?
    /// Rows of the key that wait for it to go on.
    let behind: Int64

    private init(_ service: String, _ row: Row) {
        self.service = service
        id = row.int64(0)
        topic = row.text(1)
        key = row.text(2)
        type = row.text(3)
        eventID = row.text(4)
        bytes = row.int64(5)
        reason = row.text(6)
        decidedAt = row.millisecondsOrNil(7).map { Instant(milliseconds: $0).description }
        behind = row.int64(8)
    }

    /// The oldest first.
    static func list(_ service: String, _ administrator: Administrator) throws -> [StoppedKey] {
        try administrator.connect(service).query(
            """
            SELECT u.id, o.aggregatetype, o.aggregateid, o.type, o.event_id, coalesce(length(o.payload), 0)::int8,
                u.blocked_reason, o.occurred_at,
                (SELECT count(*) FROM outbox_unsent AS b
                    WHERE b.shard = u.shard AND b.aggregateid = u.aggregateid AND b.id <> u.id)
            FROM outbox_unsent AS u JOIN outbox AS o ON o.day = u.day AND o.id = u.id
            WHERE u.blocked_reason IS NOT NULL ORDER BY u.id
            """
        ).map { StoppedKey(service, $0) }
    }

    /// Lets the relay try rows again; answers how many of them stopped a key.
    static func retry(_ ids: [Int64], of service: String, _ administrator: Administrator) throws -> Int {
        var parameters = Parameters()
        parameters.append(ids)
        return try administrator.connect(service).query(
            """
            UPDATE outbox_unsent SET blocked_reason = NULL
            WHERE id = ANY($1::int8[]) AND blocked_reason IS NOT NULL RETURNING id
            """, parameters
        ).count
    }
}

/// A fact that an operator let go: its topic lacks its version.
struct SkippedFact: Encodable, Equatable {
    let schema: String
    let id: Int64
    let eventID: String
    let type: String
    let refusal: String
    let actor: String
    let reason: String
    let skippedAt: String

    private init(_ row: Row) {
        schema = row.text(0)
        id = row.int64(1)
        eventID = row.text(2)
        type = row.text(3)
        refusal = row.text(4)
        actor = row.text(5)
        reason = row.text(6)
        skippedAt = Instant(milliseconds: row.milliseconds(7)).description
    }

    /// - Returns: What was skipped; nil when the row stops no key.
    static func skip(
        _ id: Int64, of service: String, actor: String, reason: String, _ administrator: Administrator
    ) throws -> SkippedFact? {
        var parameters = Parameters()
        parameters.append(id)
        parameters.append(actor)
        parameters.append(reason)
        return try administrator.connect(service).query(
            """
            SELECT current_schema()::text, id, event_id, type, blocked_reason, actor, reason, skipped_at
            FROM skip_unsent($1, $2, $3)
            """, parameters
        ).first.map(SkippedFact.init)
    }

    /// Of all services, the oldest first.
    static func list(_ connection: Connection) throws -> [SkippedFact] {
        try connection.query(
            """
            SELECT * FROM (
                SELECT 'intake', id, event_id, type, blocked_reason, actor, reason, skipped_at
                FROM intake.outbox_skipped
                UNION ALL SELECT 'inventory', id, event_id, type, blocked_reason, actor, reason, skipped_at
                FROM inventory.outbox_skipped
                UNION ALL SELECT 'fulfilment', id, event_id, type, blocked_reason, actor, reason, skipped_at
                FROM fulfilment.outbox_skipped
                UNION ALL SELECT 'after_sales', id, event_id, type, blocked_reason, actor, reason, skipped_at
                FROM after_sales.outbox_skipped
                UNION ALL SELECT 'commission', id, event_id, type, blocked_reason, actor, reason, skipped_at
                FROM commission.outbox_skipped) AS skipped ORDER BY skipped_at, id
            """
        ).map(SkippedFact.init)
    }

    var text: String { "\(schema) \(eventID): \(refusal), skipped by \(actor) at \(skippedAt): \(reason)" }
}
