import Postgres

/// What was put aside and grew old.
///
/// - Source: CONTRACTS section 2, personal data is kept 30 days; DESIGN section 2, retention uses the machine's clock.
extension PostgresUpkeep {
    /// Ends waits and empties dead letters older than `days`, by the database machine's clock.
    ///
    /// A wait is put to its deadline: a lane offers it once more and ends it by the rule of every wait. A dead letter
    /// loses its message and stays with its reason; one of a timer holds no message and stays as it is.
    public func trim(keepDays days: Int) throws -> TrimmedRows {
        try withConnection { connection in
            var parameters = Parameters()
            parameters.append(Int32(days))
            var trimmed = TrimmedRows()
            trimmed.waits = try connection.query(
                """
                WITH ended AS (
                    UPDATE waiting SET deadline = least(deadline, now()), retry_at = least(retry_at, now())
                    WHERE parked_at < now() - make_interval(days => $1) AND deadline > now()
                    RETURNING 1)
                SELECT count(*) FROM ended
                """, parameters)[0].int64(0)
            trimmed.deadLetters = try connection.query(
                """
                WITH emptied AS (
                    UPDATE dead_letters SET record_key = NULL, record_value = NULL, record_headers = NULL,
                        state = CASE WHEN state IN ('dead', 'retry') THEN 'expired' ELSE state END
                    WHERE failed_at < now() - make_interval(days => $1) AND topic NOT LIKE 'timer:%'
                        AND (record_key IS NOT NULL OR record_value IS NOT NULL OR record_headers IS NOT NULL
                            OR state IN ('dead', 'retry'))
                    RETURNING 1)
                SELECT count(*) FROM emptied
                """, parameters)[0].int64(0)
            // Days without a partition of their own: old messages in the inbox, a late start in the outbox.
            trimmed.journalRows = try connection.query(
                """
                WITH gone AS (
                    DELETE FROM inbox
                    WHERE day < current_date - $1 AND decided_at < now() - make_interval(days => $1) RETURNING 1
                ), sent AS (
                    DELETE FROM outbox AS o WHERE day < current_date - $1
                        AND NOT EXISTS (SELECT FROM outbox_unsent AS u WHERE u.day = o.day AND u.id = o.id)
                    RETURNING 1)
                SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM sent)
                """, parameters)[0].int64(0)
            return trimmed
        }
    }
}

/// How many rows retention has taken hold of.
public struct TrimmedRows: Sendable, Equatable {
    public var waits: Int64 = 0
    public var deadLetters: Int64 = 0
    /// Of inbox and outbox.
    public var journalRows: Int64 = 0

    public init() {}

    public var isEmpty: Bool { self == TrimmedRows() }
}
