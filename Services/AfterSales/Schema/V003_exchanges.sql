-- Goods sent in exchange, who pays for sending goods back, clocks that people see, the end of the after-sales window.

ALTER TABLE cases DROP CONSTRAINT cases_kind_check,
    ADD CONSTRAINT cases_kind CHECK (kind IN ('refund', 'return', 'exchange', 'reship', 'price-adjustment')),
    ADD COLUMN replacement_order_id text,
    ADD COLUMN replacement_reserved boolean,
    -- What the goods in exchange cost more; negative: less.
    ADD COLUMN difference bigint NOT NULL DEFAULT 0,
    -- Positive: the merchant adds it; negative: it is taken off.
    ADD COLUMN return_freight bigint NOT NULL DEFAULT 0,
    ADD COLUMN due_at timestamptz,
    ADD CONSTRAINT cases_replacement CHECK ((replacement_order_id IS NULL) = (replacement_reserved IS NULL)),
    ADD CONSTRAINT cases_due CHECK (due_at IS NULL OR outcome IS NULL);
-- The work, by the time the clock acts.
CREATE INDEX cases_due_at ON cases (due_at) WHERE due_at IS NOT NULL;

ALTER TABLE accounts ADD COLUMN after_sales_until timestamptz;

-- What items cost by now.
CREATE TABLE items (
    sku text PRIMARY KEY,
    price bigint NOT NULL CHECK (price >= 0),
    is_active boolean NOT NULL
);
