-- Months of all channels together stand beside those of each, as the channel '': most reports ask for no channel.
-- A SKU's lie together, because all are read together; a member's are found by the member.
ALTER TABLE member_months DROP CONSTRAINT member_months_pkey,
    ADD PRIMARY KEY (member_id, channel, month, currency, state);
ALTER TABLE sku_months DROP CONSTRAINT sku_months_pkey,
    ADD PRIMARY KEY (channel, month, sku, currency);
-- All are added up again.
DELETE FROM member_months;
DELETE FROM sku_months;
DELETE FROM rolled_months;

-- How old frozen commission is.
CREATE INDEX earning_days_frozen ON earning_days (currency, day) INCLUDE (frozen) WHERE frozen <> 0;
