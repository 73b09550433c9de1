-- After-sales: one refund account per order, its cases and its refunds. All amounts are minor units.

CREATE TABLE channels (
    channel text PRIMARY KEY,
    follows_platform boolean NOT NULL
);

-- The lock of everything below it. `placed` is the order as intake told it (JSON), never changed.
CREATE TABLE accounts (
    order_id text PRIMARY KEY,
    external_name text NOT NULL UNIQUE,
    placed bytea NOT NULL,
    follows_platform boolean NOT NULL,
    is_paid boolean NOT NULL,
    is_cancelled boolean NOT NULL,
    paid bigint NOT NULL CHECK (paid >= 0),
    refunded bigint NOT NULL CHECK (refunded >= 0),
    pending bigint NOT NULL CHECK (pending >= 0),
    CONSTRAINT refunds_within_paid CHECK (refunded + pending <= paid)
) WITH (fillfactor = 80);

CREATE TABLE payments (
    order_id text NOT NULL REFERENCES accounts,
    number integer NOT NULL,
    payment_id text NOT NULL,
    amount bigint NOT NULL CHECK (amount >= 0),
    excess bigint NOT NULL CHECK (excess BETWEEN 0 AND amount),
    PRIMARY KEY (order_id, number),
    UNIQUE (order_id, payment_id)
);

CREATE TABLE dispatches (
    order_id text NOT NULL REFERENCES accounts,
    number integer NOT NULL,
    shipment_id text NOT NULL,
    line_id text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    is_delivered boolean NOT NULL,
    PRIMARY KEY (order_id, number),
    UNIQUE (order_id, shipment_id, line_id)
);

CREATE TABLE cases (
    order_id text NOT NULL REFERENCES accounts,
    number integer NOT NULL,
    case_id text NOT NULL UNIQUE,
    external_case_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('refund', 'return', 'exchange')),
    reason text NOT NULL,
    state text NOT NULL CHECK (state IN (
        'requested', 'approved', 'goods-in-transit', 'received', 'inspected', 'refunding', 'closed', 'rejected',
        'withdrawn')),
    outcome text CHECK (outcome IN ('refunded', 'exchanged', 'rejected', 'withdrawn', 'expired')),
    asked bigint CHECK (asked >= 0),
    amount bigint NOT NULL CHECK (amount >= 0),
    freight bigint NOT NULL CHECK (freight BETWEEN 0 AND amount),
    rule text,
    stop text NOT NULL CHECK (stop IN ('awaited', 'unshipped', 'dispatched')),
    shipped_at timestamptz,
    is_inspected boolean NOT NULL,
    PRIMARY KEY (order_id, number),
    UNIQUE (order_id, external_case_id),
    CONSTRAINT outcome_when_over CHECK ((outcome IS NULL) = (state NOT IN ('closed', 'rejected', 'withdrawn')))
) WITH (fillfactor = 80);

CREATE INDEX cases_open ON cases (state) WHERE outcome IS NULL;

CREATE TABLE case_lines (
    order_id text NOT NULL,
    case_number integer NOT NULL,
    number integer NOT NULL,
    line_id text NOT NULL,
    sku text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity >= 0),
    exchange_sku text,
    refund bigint NOT NULL CHECK (refund >= 0),
    PRIMARY KEY (order_id, case_number, number),
    UNIQUE (order_id, case_number, line_id),
    FOREIGN KEY (order_id, case_number) REFERENCES cases
) WITH (fillfactor = 80);

CREATE TABLE refunds (
    order_id text NOT NULL REFERENCES accounts,
    number integer NOT NULL,
    refund_id text NOT NULL UNIQUE,
    case_id text REFERENCES cases (case_id),
    payment_id text NOT NULL,
    amount bigint NOT NULL CHECK (amount >= 0),
    reason text NOT NULL,
    state text NOT NULL CHECK (state IN ('due', 'settled', 'failed')),
    PRIMARY KEY (order_id, number)
) WITH (fillfactor = 80);

-- The queue of refunds that the payment provider could not make.
CREATE INDEX refunds_failed ON refunds (order_id) WHERE state = 'failed';
