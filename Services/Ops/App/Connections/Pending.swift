import Contracts
import Postgres

/// What a service still has to do by itself.
struct Pending: Encodable, Equatable {
    let schema: String
    /// Facts the broker has not acknowledged.
    let unsent: Int64
    /// Messages that wait for an aggregate.
    let waiting: Int64
    /// Timers whose time has come.
    let dueTimers: Int64
    let deadLetters: Int64

    /// - Parameter now: The mall's time.
    static func read(_ connection: Connection, now: Instant) throws -> [Pending] {
        var parameters = Parameters()
        parameters.appendTimestamp(milliseconds: now.milliseconds)
        return try connection.query(
            """
            SELECT 'intake', (SELECT count(*) FROM intake.outbox_unsent), (SELECT count(*) FROM intake.waiting),
                (SELECT count(*) FROM intake.timers WHERE due_at <= $1),
                (SELECT count(*) FROM intake.dead_letters WHERE state = 'dead')
            UNION ALL
            SELECT 'inventory', (SELECT count(*) FROM inventory.outbox_unsent),
                (SELECT count(*) FROM inventory.waiting),
                (SELECT count(*) FROM inventory.timers WHERE due_at <= $1),
                (SELECT count(*) FROM inventory.dead_letters WHERE state = 'dead')
            UNION ALL
            SELECT 'fulfilment', (SELECT count(*) FROM fulfilment.outbox_unsent),
                (SELECT count(*) FROM fulfilment.waiting),
                (SELECT count(*) FROM fulfilment.timers WHERE due_at <= $1),
                (SELECT count(*) FROM fulfilment.dead_letters WHERE state = 'dead')
            UNION ALL
            SELECT 'after_sales', (SELECT count(*) FROM after_sales.outbox_unsent),
                (SELECT count(*) FROM after_sales.waiting),
                (SELECT count(*) FROM after_sales.timers WHERE due_at <= $1),
                (SELECT count(*) FROM after_sales.dead_letters WHERE state = 'dead')
            UNION ALL
            SELECT 'commission', (SELECT count(*) FROM commission.outbox_unsent),
                (SELECT count(*) FROM commission.waiting),
                (SELECT count(*) FROM commission.timers WHERE due_at <= $1),
                (SELECT count(*) FROM commission.dead_letters WHERE state = 'dead')
            """, parameters
        ).map { row in
            Pending(
                schema: row.text(0), unsent: row.int64(1), waiting: row.int64(2), dueTimers: row.int64(3),
                deadLetters: row.int64(4))
        }
    }
}
