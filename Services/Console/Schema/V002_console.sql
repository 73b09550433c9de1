-- Console: what every topic has told, brought into tables that pages and reports read. Nothing here decides anything:
-- whatever is lost can be read again from the topics.

-- One row per order, from the first fact about it; facts of other topics may come before the order itself, whose
-- `placed_at` is null until then.
CREATE TABLE orders (
    order_id text PRIMARY KEY,
    kind text,
    replaces text,
    channel text,
    terminal text,
    campaign text,
    external_order_id text,
    placed_at timestamptz,
    -- Of `placed_at`, in the business time zone.
    day date,
    currency text,
    buyer_id text,
    province text,
    city text,
    goods_total bigint,
    freight bigint,
    tax bigint,
    fees bigint,
    total bigint,
    receivable bigint,
    payment_terms text,
    delivery text,
    historical boolean,
    ship_by timestamptz,
    seller text,
    -- The seller and those above, nearest first.
    chain text[] NOT NULL DEFAULT '{}',
    attribution json,
    state text,
    stock_status text NOT NULL DEFAULT 'pending',
    refund_status text NOT NULL DEFAULT 'none',
    cancel_reason text,
    holds text[] NOT NULL DEFAULT '{}',
    flag text,
    paid bigint NOT NULL DEFAULT 0,
    refunded bigint NOT NULL DEFAULT 0,
    missing bigint NOT NULL DEFAULT 0,
    warehouses text[] NOT NULL DEFAULT '{}',
    parcels bigint NOT NULL DEFAULT 0,
    routing_cost bigint,
    paid_at timestamptz,
    confirmed_at timestamptz,
    shipped_at timestamptz,
    delivered_at timestamptz,
    completed_at timestamptz,
    after_sales_until timestamptz,
    cancelled_at timestamptz,
    plan_id text,
    plan_version bigint,
    company_share bigint NOT NULL DEFAULT 0,
    remainder bigint NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL
) WITH (fillfactor = 60);
CREATE INDEX orders_placed ON orders (placed_at DESC, order_id DESC) WHERE placed_at IS NOT NULL;
CREATE INDEX orders_state ON orders (state, placed_at DESC, order_id DESC);
CREATE INDEX orders_channel ON orders (channel, placed_at DESC, order_id DESC);
CREATE INDEX orders_external ON orders (external_order_id text_pattern_ops);
CREATE INDEX orders_buyer ON orders (buyer_id, placed_at DESC) WHERE buyer_id IS NOT NULL;
CREATE INDEX orders_seller ON orders (seller, placed_at DESC) WHERE seller IS NOT NULL;
CREATE INDEX orders_chain ON orders USING gin (chain) WITH (fastupdate = off);
CREATE INDEX orders_held ON orders (placed_at DESC) WHERE holds <> '{}';
CREATE INDEX orders_day ON orders (day);
CREATE INDEX orders_changed ON orders (changed_at);

CREATE TABLE order_lines (
    order_id text NOT NULL,
    line_id text NOT NULL,
    sku text NOT NULL,
    quantity bigint NOT NULL,
    unit_price bigint NOT NULL,
    discount bigint NOT NULL,
    -- What the line costs the buyer without freight.
    paid bigint NOT NULL,
    freight_share bigint NOT NULL,
    gift boolean NOT NULL,
    refunded_quantity bigint NOT NULL DEFAULT 0,
    refunded_amount bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (order_id, line_id)
) WITH (fillfactor = 80);
CREATE INDEX order_lines_sku ON order_lines (sku, order_id);

CREATE TABLE parcels (
    shipment_id text PRIMARY KEY,
    order_id text NOT NULL,
    parcel_id text,
    direction text NOT NULL DEFAULT 'out',
    warehouse text,
    carrier text,
    waybill text,
    lines json,
    -- planned, labelled, dispatched, delivered, returned, cancelled.
    state text,
    planned_at timestamptz,
    ship_by timestamptz,
    labelled_at timestamptz,
    dispatched_at timestamptz,
    promised_by timestamptz,
    estimated_by timestamptz,
    delivered_at timestamptz,
    ended_at timestamptz,
    weight_grams bigint,
    -- The newest that the carrier has said.
    tracking_status text,
    tracking_location text,
    tracked_at timestamptz,
    exception text
) WITH (fillfactor = 70);
CREATE INDEX parcels_order ON parcels (order_id);
CREATE INDEX parcels_waybill ON parcels (waybill) WHERE waybill IS NOT NULL;
CREATE INDEX parcels_open ON parcels (state, planned_at) WHERE state IN ('planned', 'labelled', 'dispatched');

CREATE TABLE cases (
    case_id text PRIMARY KEY,
    order_id text NOT NULL,
    external_case_id text,
    kind text,
    reason text,
    lines json,
    amount bigint,
    preview json,
    -- requested, approved, goods-in-transit, received, inspected, refunding, closed, rejected, withdrawn.
    state text,
    outcome text,
    decided_by text,
    rule text,
    refunded bigint NOT NULL DEFAULT 0,
    carrier text,
    waybill text,
    replacement_order_id text,
    opened_at timestamptz,
    approved_at timestamptz,
    goods_shipped_at timestamptz,
    received_at timestamptz,
    inspected_at timestamptz,
    ended_at timestamptz
) WITH (fillfactor = 70);
CREATE INDEX cases_order ON cases (order_id);
CREATE INDEX cases_open ON cases (opened_at) WHERE ended_at IS NULL;
CREATE INDEX cases_opened ON cases (opened_at);

CREATE TABLE refunds (
    refund_id text PRIMARY KEY,
    order_id text NOT NULL,
    case_id text,
    payment_id text,
    amount bigint NOT NULL,
    currency text NOT NULL,
    reason text,
    -- due, settled, failed.
    state text NOT NULL,
    failure text,
    due_at timestamptz,
    ended_at timestamptz
) WITH (fillfactor = 80);
CREATE INDEX refunds_order ON refunds (order_id);
CREATE INDEX refunds_open ON refunds (due_at) WHERE state <> 'settled';

-- What one member earns on one order. Frozen is accrued - matured - reversed_frozen.
CREATE TABLE earnings (
    order_id text NOT NULL,
    member_id text NOT NULL,
    currency text,
    level bigint,
    accrued bigint NOT NULL DEFAULT 0,
    matured bigint NOT NULL DEFAULT 0,
    reversed_frozen bigint NOT NULL DEFAULT 0,
    reversed_matured bigint NOT NULL DEFAULT 0,
    -- Why it is held, by entry and kind; empty when it is not.
    holds json NOT NULL DEFAULT '{}',
    entry_id text,
    accrued_at timestamptz,
    matured_at timestamptz,
    PRIMARY KEY (order_id, member_id)
) WITH (fillfactor = 70);
CREATE INDEX earnings_member ON earnings (member_id, accrued_at DESC);
CREATE INDEX earnings_held ON earnings (member_id) WHERE holds::text <> '{}';
CREATE INDEX earnings_frozen ON earnings (accrued_at) WHERE accrued - matured - reversed_frozen > 0;

-- What is told of a member's money, one row for each fact and member: the lines of a statement.
CREATE TABLE entries (
    key text NOT NULL,
    version bigint NOT NULL,
    member_id text NOT NULL,
    -- accrued, matured, reversed, adjusted, payout-requested, payout-failed, payout-paid, settled.
    kind text NOT NULL,
    order_id text,
    amount bigint NOT NULL,
    currency text NOT NULL,
    reason text,
    reference text,
    at timestamptz NOT NULL,
    PRIMARY KEY (key, version, member_id)
);
CREATE INDEX entries_member ON entries (member_id, at DESC);
CREATE INDEX entries_at ON entries (at);

CREATE TABLE payouts (
    payout_id text PRIMARY KEY,
    member_id text NOT NULL,
    amount bigint NOT NULL,
    fee bigint NOT NULL DEFAULT 0,
    tax bigint NOT NULL DEFAULT 0,
    currency text NOT NULL,
    -- requested, due, paid, failed.
    state text NOT NULL,
    reason text,
    requested_at timestamptz,
    due_at timestamptz,
    ended_at timestamptz
) WITH (fillfactor = 80);
CREATE INDEX payouts_member ON payouts (member_id, requested_at DESC);
CREATE INDEX payouts_open ON payouts (state, requested_at) WHERE state <> 'paid';

CREATE TABLE settlements (
    member_id text NOT NULL,
    period text NOT NULL,
    currency text NOT NULL,
    turnover bigint NOT NULL,
    matured bigint NOT NULL,
    reversed bigint NOT NULL,
    team_bonus bigint NOT NULL,
    adjusted bigint NOT NULL,
    payable bigint NOT NULL,
    settled_at timestamptz NOT NULL,
    PRIMARY KEY (member_id, period, currency)
);

CREATE TABLE members (
    member_id text PRIMARY KEY,
    parent_id text,
    grade text,
    name text,
    status text NOT NULL,
    joined_at timestamptz,
    effective_from timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX members_parent ON members (parent_id);

-- What the reference topics hold, every version of it; `body` is null for one that was ended.
CREATE TABLE records (
    topic text NOT NULL,
    key text NOT NULL,
    partition_offset bigint NOT NULL,
    effective_from timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    body json,
    PRIMARY KEY (topic, key, partition_offset)
);

-- The newest version of each; it has no row for one that was ended.
CREATE TABLE current_records (
    topic text NOT NULL,
    key text NOT NULL,
    partition_offset bigint NOT NULL,
    body json NOT NULL,
    PRIMARY KEY (topic, key)
) WITH (fillfactor = 70);

CREATE VIEW items AS
SELECT key AS sku, body ->> 'name' AS name, body ->> 'category' AS category,
    body ->> 'commissionClass' AS commission_class, (body ->> 'price')::bigint AS price,
    (body ->> 'cost')::bigint AS cost, body ->> 'currency' AS currency,
    (body ->> 'safetyStock')::bigint AS safety_stock, (body ->> 'reorderPoint')::bigint AS reorder_point,
    COALESCE((body ->> 'active')::boolean, true) AS active
FROM current_records WHERE topic = 'catalog.items.v1';

CREATE VIEW channels AS
SELECT key AS channel, body ->> 'name' AS name, body ->> 'kind' AS kind, body ->> 'platform' AS platform,
    COALESCE((body ->> 'active')::boolean, true) AS active
FROM current_records WHERE topic = 'catalog.channels.v1';

CREATE VIEW warehouses AS
SELECT key AS warehouse, body ->> 'name' AS name, body ->> 'province' AS province, body ->> 'kind' AS kind,
    COALESCE((body ->> 'active')::boolean, true) AS active
FROM current_records WHERE topic = 'catalog.warehouses.v1';

CREATE TABLE stock (
    sku text PRIMARY KEY,
    available bigint NOT NULL,
    incoming bigint NOT NULL,
    quotas json NOT NULL,
    at timestamptz NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE stock_levels (
    sku text NOT NULL,
    warehouse text NOT NULL,
    on_hand bigint NOT NULL,
    reserved bigint NOT NULL,
    available bigint NOT NULL,
    PRIMARY KEY (sku, warehouse)
) WITH (fillfactor = 70);

CREATE TABLE movements (
    movement_id text PRIMARY KEY,
    sku text NOT NULL,
    warehouse text NOT NULL,
    kind text NOT NULL,
    quantity bigint NOT NULL,
    balance bigint NOT NULL,
    reference text,
    at timestamptz NOT NULL
);
CREATE INDEX movements_sku ON movements (sku, at DESC);

-- Of each SKU the last time it ran low; over when `recovered_at` is there.
CREATE TABLE alerts (
    sku text PRIMARY KEY,
    available bigint NOT NULL,
    threshold bigint NOT NULL,
    reason text,
    since timestamptz,
    recovered_at timestamptz
) WITH (fillfactor = 70);

CREATE TABLE suggestions (
    sku text PRIMARY KEY,
    suggestion_id text NOT NULL,
    quantity bigint NOT NULL,
    available bigint NOT NULL,
    incoming bigint NOT NULL,
    expected_demand bigint NOT NULL,
    cover_days bigint NOT NULL,
    order_by date NOT NULL,
    method text NOT NULL,
    why text NOT NULL,
    suggested_at timestamptz NOT NULL
) WITH (fillfactor = 70);

-- Everything that was told, as it came: the timeline of an order, a SKU, a member.
CREATE TABLE facts (
    topic text NOT NULL,
    partition integer NOT NULL,
    partition_offset bigint NOT NULL,
    key text NOT NULL,
    type text NOT NULL,
    version bigint,
    at timestamptz NOT NULL,
    message_id text NOT NULL,
    causation_id text,
    traceparent text,
    body json,
    PRIMARY KEY (topic, partition, partition_offset)
);
CREATE INDEX facts_key ON facts (key, at);

CREATE TABLE told_dead_letters (
    service text NOT NULL,
    message_id text NOT NULL,
    key text NOT NULL,
    type text NOT NULL,
    reason text NOT NULL,
    field text,
    topic text NOT NULL,
    partition integer NOT NULL,
    partition_offset bigint NOT NULL,
    attempts bigint NOT NULL,
    failed_at timestamptz NOT NULL,
    -- By whoever decided about it here.
    handled_at timestamptz,
    PRIMARY KEY (service, message_id)
);
CREATE INDEX told_dead_letters_open ON told_dead_letters (failed_at DESC) WHERE handled_at IS NULL;

-- What people here have asked the services for, and what these have answered; an answer may be there first.
CREATE TABLE commands (
    command_id text PRIMARY KEY,
    service text,
    type text,
    subject text,
    actor text,
    reason text,
    issued_at timestamptz,
    body json,
    -- accepted or refused; null while nobody has answered.
    outcome text,
    answer text,
    answered_at timestamptz
);
CREATE INDEX commands_issued ON commands (issued_at DESC) WHERE issued_at IS NOT NULL;
CREATE INDEX commands_subject ON commands (subject, issued_at DESC);

-- How often links of distributors were opened; who opened them is not kept.
CREATE TABLE visits (
    day date NOT NULL,
    channel text NOT NULL,
    member_id text NOT NULL,
    sku text NOT NULL,
    visits bigint NOT NULL,
    PRIMARY KEY (day, channel, member_id, sku)
) WITH (fillfactor = 70);

-- Days whose figures have to be added up again; appended by whoever changes an order, taken by whoever adds up.
CREATE TABLE day_marks (
    mark bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day date NOT NULL
);
