-- Keys that stand still; nearly always empty, and the relay asks it of every row.
CREATE INDEX outbox_blocked ON outbox_unsent (shard, aggregateid) WHERE blocked_reason IS NOT NULL;
