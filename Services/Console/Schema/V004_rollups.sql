-- Figures of days for reports: the days that have changed are added up again, nobody adds to a figure.

-- Orders by the day of their placing. The rows without a warehouse count each order once; an order that leaves from
-- two warehouses stands in the rows of both.
CREATE TABLE sales_days (
    warehouse text NOT NULL,
    day date NOT NULL,
    channel text NOT NULL,
    currency text NOT NULL,
    state text NOT NULL,
    orders bigint NOT NULL,
    -- Those that somebody has sold.
    credited bigint NOT NULL,
    total bigint NOT NULL,
    paid bigint NOT NULL,
    refunded bigint NOT NULL,
    partly_refunded bigint NOT NULL,
    fully_refunded bigint NOT NULL,
    PRIMARY KEY (warehouse, day, channel, currency, state)
) WITH (fillfactor = 70);
CREATE INDEX sales_days_day ON sales_days (day);

-- The same of a member: what it has sold itself, and what it and those below it at the time have sold.
CREATE TABLE member_days (
    member_id text NOT NULL,
    day date NOT NULL,
    channel text NOT NULL,
    currency text NOT NULL,
    state text NOT NULL,
    own_orders bigint NOT NULL,
    own_total bigint NOT NULL,
    own_paid bigint NOT NULL,
    own_refunded bigint NOT NULL,
    own_partly_refunded bigint NOT NULL,
    own_fully_refunded bigint NOT NULL,
    orders bigint NOT NULL,
    total bigint NOT NULL,
    paid bigint NOT NULL,
    refunded bigint NOT NULL,
    partly_refunded bigint NOT NULL,
    fully_refunded bigint NOT NULL,
    PRIMARY KEY (member_id, day, channel, currency, state)
) WITH (fillfactor = 70);
CREATE INDEX member_days_day ON member_days (day);

-- Of a SKU: all orders that have it, and those that are paid and not cancelled.
CREATE TABLE sku_days (
    day date NOT NULL,
    channel text NOT NULL,
    sku text NOT NULL,
    currency text NOT NULL,
    orders bigint NOT NULL,
    quantity bigint NOT NULL,
    amount bigint NOT NULL,
    sold_orders bigint NOT NULL,
    sold_quantity bigint NOT NULL,
    sold_amount bigint NOT NULL,
    refunded_quantity bigint NOT NULL,
    refunded_amount bigint NOT NULL,
    PRIMARY KEY (day, channel, sku, currency)
) WITH (fillfactor = 70);
CREATE INDEX sku_days_sku ON sku_days (sku, day);

-- What members earn on the orders of a day.
CREATE TABLE earning_days (
    day date NOT NULL,
    channel text NOT NULL,
    member_id text NOT NULL,
    currency text NOT NULL,
    accrued bigint NOT NULL,
    frozen bigint NOT NULL,
    -- Less what was taken back of it.
    matured bigint NOT NULL,
    reversed bigint NOT NULL,
    PRIMARY KEY (day, channel, member_id, currency)
) WITH (fillfactor = 70);
CREATE INDEX earning_days_member ON earning_days (member_id, day);

-- Visits of all links of a channel.
CREATE TABLE visit_days (
    day date NOT NULL,
    channel text NOT NULL,
    visits bigint NOT NULL,
    PRIMARY KEY (day, channel)
) WITH (fillfactor = 70);

-- Months that are over and whose days have not changed since they were added up into the tables below.
CREATE TABLE rolled_months (month date PRIMARY KEY CHECK (extract(day FROM month) = 1));

CREATE TABLE member_months (
    month date NOT NULL,
    member_id text NOT NULL,
    channel text NOT NULL,
    currency text NOT NULL,
    state text NOT NULL,
    own_orders bigint NOT NULL,
    own_total bigint NOT NULL,
    orders bigint NOT NULL,
    total bigint NOT NULL,
    PRIMARY KEY (month, member_id, channel, currency, state)
);

CREATE TABLE sku_months (
    month date NOT NULL,
    channel text NOT NULL,
    sku text NOT NULL,
    currency text NOT NULL,
    orders bigint NOT NULL,
    sold_orders bigint NOT NULL,
    sold_quantity bigint NOT NULL,
    sold_amount bigint NOT NULL,
    refunded_quantity bigint NOT NULL,
    refunded_amount bigint NOT NULL,
    PRIMARY KEY (month, channel, sku, currency)
);

CREATE TABLE earning_months (
    month date NOT NULL,
    member_id text NOT NULL,
    currency text NOT NULL,
    frozen bigint NOT NULL,
    matured bigint NOT NULL,
    PRIMARY KEY (month, member_id, currency)
);

INSERT INTO day_marks (day) SELECT day FROM orders WHERE day IS NOT NULL UNION SELECT day FROM visits;

CREATE INDEX entries_adjusted ON entries (member_id) 
    WHERE kind IN ('adjusted', 'settled', 'payout-requested', 'payout-failed');
CREATE INDEX facts_suggestions ON facts (at)
    WHERE type = 'tributary.inventory.alerts.ReplenishmentSuggested.v1';
-- Movements come in the order of time.
CREATE INDEX movements_at ON movements USING brin (at);

-- Reports that are written into the folder of exports by themselves.
CREATE TABLE export_schedules (
    schedule_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Whose part of the mall it shows, as that one sees it when it is written.
    user_id bigint NOT NULL REFERENCES users,
    report text NOT NULL,
    -- Filters, as in the report's address.
    query text NOT NULL,
    format text NOT NULL CHECK (format IN ('csv', 'xlsx')),
    language text NOT NULL CHECK (language IN ('zh', 'en')),
    rhythm text NOT NULL CHECK (rhythm IN ('daily', 'weekly')),
    -- From Monday, 1.
    weekday smallint CHECK (weekday BETWEEN 1 AND 7),
    hour smallint NOT NULL CHECK (hour BETWEEN 0 AND 23),
    next_at timestamptz NOT NULL,
    last_at timestamptz,
    last_file text,
    last_fault text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((rhythm = 'weekly') = (weekday IS NOT NULL))
);
CREATE INDEX export_schedules_next ON export_schedules (next_at);
