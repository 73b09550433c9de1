-- When the buyer asked: demand is counted by the day of it. Imported finished orders are kept for that alone.
ALTER TABLE orders ADD COLUMN placed_at timestamptz;
ALTER TABLE orders DROP CONSTRAINT orders_standing_check;
ALTER TABLE orders ADD CONSTRAINT orders_standing_check
    CHECK (standing IN ('unasked', 'reserved', 'backordered', 'rejected', 'released', 'historical'));

ALTER TABLE stock_skus
    ADD COLUMN cover_demand bigint,
    ADD COLUMN suggestion_id text,
    ADD COLUMN suggestion_quantity bigint,
    ADD COLUMN suggestion_accepted boolean;

-- The newest forecast of each SKU, made outside of the lanes and read without a lock.
CREATE TABLE forecasts (
    sku text PRIMARY KEY,
    day date NOT NULL,
    body bytea NOT NULL
);

-- What is wanted outside of the lanes: a forecast, availability told again; '*' for all SKUs.
CREATE TABLE side_requests (
    kind text NOT NULL CHECK (kind IN ('forecast', 'republish')),
    sku text NOT NULL,
    requested_at timestamptz NOT NULL,
    PRIMARY KEY (kind, sku)
);

-- Days on which all SKUs were forecast.
CREATE TABLE forecast_days (
    day date PRIMARY KEY,
    skus bigint NOT NULL,
    finished_at timestamptz NOT NULL DEFAULT now()
);
