-- Which of a platform's snapshots of an order was followed last, under `channel/externalOrderId`. A row may stand before
-- its order: another order has said that this one was split.
CREATE TABLE snapshots (
    name text PRIMARY KEY,
    snapshot bytea NOT NULL
) WITH (fillfactor = 80);
