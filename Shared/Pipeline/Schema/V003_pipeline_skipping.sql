-- Facts that the broker never took and that an operator let go: their topics lack these versions.
CREATE TABLE outbox_skipped (
    id bigint PRIMARY KEY,
    day date NOT NULL,
    aggregatetype text NOT NULL,
    aggregateid text NOT NULL,
    type text NOT NULL,
    event_id text NOT NULL,
    blocked_reason text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    skipped_at timestamptz NOT NULL DEFAULT now()
);

-- Lets the rest of a stopped key go on without this row; answers what was skipped, or nothing when the row stops no key.
CREATE FUNCTION skip_unsent(row_id bigint, who text, why text) RETURNS SETOF outbox_skipped LANGUAGE sql AS $$
    WITH gone AS (
        DELETE FROM outbox_unsent WHERE id = row_id AND blocked_reason IS NOT NULL
        RETURNING id, day, blocked_reason)
    INSERT INTO outbox_skipped (id, day, aggregatetype, aggregateid, type, event_id, blocked_reason, actor, reason)
    SELECT o.id, o.day, o.aggregatetype, o.aggregateid, o.type, o.event_id, gone.blocked_reason, who, why
    FROM gone JOIN outbox AS o ON o.day = gone.day AND o.id = gone.id
    RETURNING *
$$;
