-- How many pieces a channel may sell, counted from when the limit was set.
CREATE TABLE stock_quotas (
    sku text NOT NULL REFERENCES stock_skus,
    channel text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity >= 0),
    sold bigint NOT NULL CHECK (sold >= 0),
    since timestamptz NOT NULL,
    PRIMARY KEY (sku, channel)
) WITH (fillfactor = 60);
ALTER TABLE orders ADD COLUMN asked_at timestamptz;

-- Parcels given to a warehouse that can send only so many a day, on the newest such day; locked after the stock.
CREATE TABLE workloads (
    warehouse text PRIMARY KEY,
    day date NOT NULL,
    parcels bigint NOT NULL CHECK (parcels >= 0)
) WITH (fillfactor = 50);

-- Counters that were set to what their books say: who had it done, why, and what they were. Rows are never changed.
CREATE TABLE stock_repairs (
    command_id text PRIMARY KEY,
    actor text NOT NULL,
    reason text NOT NULL,
    sku text NOT NULL,
    warehouse text NOT NULL,
    on_hand_before bigint NOT NULL,
    on_hand_after bigint NOT NULL,
    reserved_before bigint NOT NULL,
    reserved_after bigint NOT NULL,
    repaired_at timestamptz NOT NULL
);

-- What the last self-check found: counters that differ from the sums of movements and open reservations.
CREATE TABLE stock_differences (
    sku text NOT NULL,
    warehouse text NOT NULL,
    on_hand bigint NOT NULL,
    moved bigint NOT NULL,
    reserved bigint NOT NULL,
    open bigint NOT NULL,
    found_at timestamptz NOT NULL,
    PRIMARY KEY (sku, warehouse)
);
