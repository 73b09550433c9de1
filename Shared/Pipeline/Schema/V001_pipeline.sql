-- Tables every service has in its own schema. Day partitions are made ahead by `ensure_partitions`.

CREATE SEQUENCE inbox_sequence;

-- The journal: one row per message that changed something. Its key holds the day of the message's own time, so that it
-- stays unique over midnight.
CREATE TABLE inbox (
    day date NOT NULL,
    consumer text NOT NULL,
    message_id text NOT NULL,
    sequence bigint NOT NULL DEFAULT nextval('inbox_sequence'),
    topic text NOT NULL,
    partition integer NOT NULL,
    record_offset bigint NOT NULL,
    body_hash bigint NOT NULL,
    decided_at timestamptz NOT NULL,
    body bytea,
    PRIMARY KEY (day, consumer, message_id)
) PARTITION BY RANGE (day);
CREATE TABLE inbox_other PARTITION OF inbox DEFAULT;

CREATE SEQUENCE outbox_sequence CACHE 1;

CREATE TABLE outbox (
    day date NOT NULL,
    id bigint NOT NULL DEFAULT nextval('outbox_sequence'),
    shard smallint NOT NULL,
    aggregatetype text NOT NULL,
    aggregateid text NOT NULL,
    type text NOT NULL,
    event_id text NOT NULL,
    source text NOT NULL,
    subject text,
    occurred_at timestamptz,
    correlation_id text,
    causation_id text,
    traceparent text,
    extra_headers bytea,
    payload bytea,
    PRIMARY KEY (day, id)
) PARTITION BY RANGE (day);
CREATE TABLE outbox_other PARTITION OF outbox DEFAULT;

-- One narrow row per record that the broker has not acknowledged yet.
CREATE TABLE outbox_unsent (
    shard smallint NOT NULL,
    id bigint NOT NULL,
    day date NOT NULL,
    aggregateid text NOT NULL,
    blocked_reason text,
    PRIMARY KEY (shard, id)
) WITH (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000);

-- How many facts of a topic and key there are: their versions have no gaps.
CREATE TABLE fact_versions (
    topic text NOT NULL,
    key text NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (topic, key)
) WITH (fillfactor = 70);

CREATE TABLE timers (
    kind text NOT NULL,
    key text NOT NULL,
    shard smallint NOT NULL,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (key, kind)
);
CREATE INDEX timers_due ON timers (due_at, shard);

-- Messages that wait for an aggregate, offered again when it appears.
CREATE TABLE waiting (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL,
    shard smallint NOT NULL,
    day date NOT NULL,
    message_id text NOT NULL,
    body_hash bigint NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    record_offset bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    record_key bytea,
    record_value bytea,
    record_headers bytea,
    reason text NOT NULL,
    parked_at timestamptz NOT NULL,
    deadline timestamptz NOT NULL,
    retry_at timestamptz NOT NULL,
    offers integer NOT NULL,
    CONSTRAINT inbox_waiting_once UNIQUE (day, message_id)
);
CREATE INDEX waiting_key ON waiting (key, id);
CREATE INDEX waiting_retry ON waiting (retry_at);

CREATE TABLE dead_letters (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shard smallint NOT NULL,
    message_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    record_offset bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    record_key bytea,
    record_value bytea,
    record_headers bytea,
    reason text NOT NULL,
    field text,
    attempts integer NOT NULL,
    failed_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'dead' CHECK (state IN ('dead', 'retry', 'revived', 'discarded'))
);
CREATE INDEX dead_letters_state ON dead_letters (state, id);

-- Lanes that run or died running, and how often single messages were tried after an unclean stop.
CREATE TABLE lane_runs (
    lane text PRIMARY KEY,
    started_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE lane_attempts (
    topic text NOT NULL,
    partition integer NOT NULL,
    record_offset bigint NOT NULL,
    attempts integer NOT NULL,
    PRIMARY KEY (topic, partition, record_offset)
);

-- Makes the partitions of the days from yesterday to a week ahead.
CREATE FUNCTION ensure_partitions() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first date;
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['inbox', 'outbox'] LOOP
        FOR first IN SELECT current_date + offset_days FROM generate_series(-1, 7) AS offset_days LOOP
            IF to_regclass(format('%I_%s', parent, to_char(first, 'YYYYMMDD'))) IS NULL THEN
                BEGIN
                    EXECUTE format(
                        'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                        parent || '_' || to_char(first, 'YYYYMMDD'), parent, first, first + 1);
                EXCEPTION WHEN check_violation THEN
                    -- Rows of that day stand in the default partition already; they stay there.
                    RAISE NOTICE 'no partition of % for %', parent, first;
                END;
            END IF;
        END LOOP;
    END LOOP;
END $$;

-- Drops day partitions older than so many days.
CREATE FUNCTION drop_partitions(keep_days integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    partition_name text;
    dropped integer := 0;
BEGIN
    FOR partition_name IN
        SELECT child.relname FROM pg_inherits
        JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent IN ('inbox'::regclass, 'outbox'::regclass)
          AND child.relname ~ '^(inbox|outbox)_[0-9]{8}$'
          AND to_date(right(child.relname, 8), 'YYYYMMDD') < current_date - keep_days
    LOOP
        EXECUTE format('DROP TABLE %I', partition_name);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;
