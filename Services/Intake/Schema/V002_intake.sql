-- Orders, what was paid for them, who they are for, and what the outside describes.

-- One row per order. The snapshot in `placed` never changes; goods, requests and refunds are small JSON objects that are
-- only read together with their order. What a person or a check asks for is a column.
CREATE TABLE orders (
    order_id text PRIMARY KEY,
    channel text NOT NULL,
    external_order_id text NOT NULL,
    kind text NOT NULL CONSTRAINT orders_kind CHECK (kind IN ('sale', 'replacement')),
    historical boolean NOT NULL,
    currency text NOT NULL,
    goods_total bigint NOT NULL,
    freight bigint NOT NULL,
    fees bigint NOT NULL,
    -- 0 when the prices hold the tax already.
    tax_added bigint NOT NULL,
    total bigint NOT NULL,
    placed_at timestamptz NOT NULL,
    decided_at timestamptz NOT NULL,
    content_hash bigint NOT NULL,
    placed bytea NOT NULL,
    terms bytea NOT NULL,
    state text NOT NULL CONSTRAINT orders_state CHECK (state IN (
        'pending-payment', 'paid', 'partially-shipped', 'shipped', 'delivered', 'completed', 'cancelled')),
    stock_status text NOT NULL CONSTRAINT orders_stock_status CHECK (stock_status IN (
        'pending', 'reserved', 'backordered', 'rejected')),
    refund_status text NOT NULL CONSTRAINT orders_refund_status CHECK (refund_status IN ('none', 'partial', 'full')),
    cancel_reason text CONSTRAINT orders_cancel_reason_word CHECK (cancel_reason IN (
        'payment-timeout', 'buyer', 'operator', 'no-stock', 'fraud', 'refunded', 'platform')),
    hold_reason text,
    reservation bigint NOT NULL CONSTRAINT orders_reservation CHECK (reservation >= 0),
    member_id text,
    attribution bytea,
    -- All that ever counted; of it, what cancellations return; beside it, what was too much; what of the order went back.
    paid bigint NOT NULL,
    returned bigint NOT NULL,
    excess bigint NOT NULL,
    refunded bigint NOT NULL,
    refunds bytea,
    goods bytea NOT NULL,
    requests bytea NOT NULL,
    receipt_due timestamptz,
    receipt_left_milliseconds bigint,
    confirmed_at timestamptz,
    reinstated_at timestamptz,
    received_at timestamptz,
    completed_at timestamptz,
    note text,
    CONSTRAINT orders_external UNIQUE (channel, external_order_id),
    -- I7
    CONSTRAINT orders_total CHECK (
        goods_total + freight + fees + tax_added = total
        AND goods_total >= 0 AND freight >= 0 AND fees >= 0 AND tax_added >= 0),
    -- I9
    CONSTRAINT orders_money CHECK (
        paid >= 0 AND returned >= 0 AND excess >= 0 AND refunded >= 0
        AND returned <= paid AND refunded <= paid + excess AND paid - returned <= total),
    CONSTRAINT orders_paid CHECK (state <> 'paid' OR paid - returned = total),
    -- I11
    CONSTRAINT orders_cancelled CHECK ((state = 'cancelled') = (cancel_reason IS NOT NULL)),
    CONSTRAINT orders_completed CHECK ((state = 'completed') = (completed_at IS NOT NULL)),
    CONSTRAINT orders_confirmed CHECK (confirmed_at IS NULL OR stock_status = 'reserved'),
    CONSTRAINT orders_receipt CHECK (receipt_due IS NULL OR receipt_left_milliseconds IS NULL)
) WITH (fillfactor = 70);

CREATE INDEX orders_held ON orders (placed_at) WHERE hold_reason IS NOT NULL;

-- Payments that were seen, so that none counts twice.
CREATE TABLE payments (
    order_id text NOT NULL REFERENCES orders,
    payment_id text NOT NULL,
    ordinal integer NOT NULL,
    amount bigint NOT NULL,
    counted bigint NOT NULL,
    paid_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, payment_id),
    CONSTRAINT payments_counted CHECK (counted BETWEEN 0 AND amount)
);

-- Personal data: names, phones, addresses. Nothing else in this schema holds any.
CREATE TABLE parties (
    order_id text PRIMARY KEY REFERENCES orders,
    party bytea NOT NULL
);

-- What the reference topics say: the newest record of a channel, an item, a listing; the dated history of a member and
-- of a buyer's bindings.
CREATE TABLE reference_records (
    kind text NOT NULL CONSTRAINT reference_records_kind CHECK (kind IN (
        'channel', 'item', 'listing', 'member', 'binding')),
    id text NOT NULL,
    active boolean NOT NULL,
    record bytea NOT NULL,
    PRIMARY KEY (kind, id)
);
