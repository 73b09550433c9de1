public import Contracts
import Postgres

/// The outbox of a service's schema; shards are owned by advisory locks of this connection.
public final class PostgresOutbox: OutboxStore {
    private let connection: ReconnectingConnection
    private var owned: Set<Int32> = []
    private var lockedOn = 0

    public init(url: String, service: String) {
        connection = ReconnectingConnection(url: url, name: "\(service) relay")
    }

    public func acquireShards() throws -> [Int32] {
        let open = try connection.open()
        noteNewConnection()
        guard owned.count < Int(Shard.relayCount) else { return owned.sorted() }
        var parameters = Parameters()
        parameters.append((0..<Shard.relayCount).filter { !owned.contains($0) })
        let rows = try open.query(
            """
            SELECT shard FROM unnest($1::int4[]) AS s(shard)
            WHERE pg_try_advisory_lock(hashtext(current_schema() || '.outbox'), shard)
            """, parameters)
        for row in rows { owned.insert(row.int32(0)) }
        return owned.sorted()
    }

    /// With a lost connection the locks are lost, and another relay may have them.
    private func noteNewConnection() {
        guard lockedOn != connection.timesOpened else { return }
        owned.removeAll()
        lockedOn = connection.timesOpened
    }

    /// The bounds are per shard, so that one read of the primary key's index suffices; order matters per key alone.
    public func unsent(
        of shards: [Int32], besides flying: [OutboxName], atMost limit: Int
    ) throws -> [OutboxRow] {
        let open = try connection.open()
        noteNewConnection()
        let ours = shards.filter { owned.contains($0) }
        guard !ours.isEmpty else { return [] }
        var parameters = Parameters()
        parameters.append(ours)
        parameters.append(flying.map(\.id))
        parameters.append(Int64((limit + ours.count - 1) / ours.count))
        return try open.query(
            """
            SELECT o.id, o.day - DATE '1970-01-01', o.shard::int4, o.aggregatetype, o.aggregateid, o.event_id, o.type,
                o.source, o.subject, o.occurred_at, o.correlation_id, o.causation_id, o.traceparent, o.extra_headers,
                o.payload
            FROM unnest($1::int4[]) AS s(shard)
            CROSS JOIN LATERAL (
                SELECT u.day, u.id FROM outbox_unsent u
                WHERE u.shard = s.shard AND u.blocked_reason IS NULL AND u.id <> ALL($2::int8[])
                  AND NOT EXISTS (SELECT FROM outbox_unsent b WHERE b.blocked_reason IS NOT NULL
                    AND b.shard = u.shard AND b.aggregateid = u.aggregateid)
                ORDER BY u.id LIMIT $3) AS n
            CROSS JOIN LATERAL (SELECT * FROM outbox r WHERE r.day = n.day AND r.id = n.id OFFSET 0) AS o
            ORDER BY o.id
            """, parameters
        ).map(OutboxRow.init)
    }

    public func markSent(_ names: [OutboxName]) throws {
        var parameters = Parameters()
        parameters.append(names.map(\.shard))
        parameters.append(names.map(\.id))
        try connection.open().query(
            """
            DELETE FROM outbox_unsent u USING unnest($1::int4[], $2::int8[]) AS n(shard, id)
            WHERE u.shard = n.shard AND u.id = n.id
            """, parameters)
    }

    public func block(_ name: OutboxName, reason: String) throws {
        var parameters = Parameters()
        parameters.append(name.shard)
        parameters.append(name.id)
        parameters.append(reason)
        try connection.open().query(
            "UPDATE outbox_unsent SET blocked_reason = $3 WHERE shard = $1 AND id = $2", parameters)
    }

    public func resend(_ names: [OutboxName]) throws {
        var parameters = Parameters()
        parameters.appendDates(names.map(\.day))
        parameters.append(names.map(\.id))
        try connection.open().query(
            """
            INSERT INTO outbox_unsent (shard, id, day, aggregateid)
            SELECT o.shard, o.id, o.day, o.aggregateid
            FROM unnest($1::date[], $2::int8[]) AS n(day, id) JOIN outbox o ON o.day = n.day AND o.id = n.id
            ON CONFLICT DO NOTHING
            """, parameters)
    }

    public func backlog() throws -> (count: Int, oldest: Instant?) {
        let rows = try connection.open().query(
            """
            SELECT count(*), min(o.occurred_at) FROM outbox_unsent u LEFT JOIN outbox o ON o.day = u.day AND o.id = u.id
            """)
        return (Int(rows[0].int64(0)), rows[0].millisecondsOrNil(1).map { Instant(milliseconds: $0) })
    }
}
