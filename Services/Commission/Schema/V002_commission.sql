-- Commission: orders with what they pay out, the double-entry ledger, and the reference data of the past.

-- One row per order. `placed` and `attribution` are messages as they came; `after_sales` holds what was paid back by
-- refund and line, and the cases that are open.
CREATE TABLE orders (
    order_id text PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('placed', 'accrued', 'matured', 'reversed', 'exempt')),
    placed json NOT NULL,
    attribution json,
    attribution_version bigint NOT NULL,
    plan_id text,
    plan_version bigint,
    freeze_days bigint,
    accruals bigint NOT NULL CHECK (accruals >= 0),
    journals bigint NOT NULL CHECK (journals >= accruals),
    confirmed_at timestamptz,
    cancelled_at timestamptz,
    completed_at timestamptz,
    after_sales_until timestamptz,
    matured_at timestamptz,
    after_sales json NOT NULL,
    CONSTRAINT orders_plan_whole CHECK (num_nulls(plan_id, plan_version, freeze_days) IN (0, 3)),
    CONSTRAINT orders_completion_whole CHECK ((completed_at IS NULL) = (after_sales_until IS NULL)),
    CONSTRAINT orders_accrued_by_plan CHECK (state IN ('placed', 'exempt') OR (plan_id IS NOT NULL AND accruals > 0)),
    CONSTRAINT orders_matured CHECK (state <> 'matured' OR (matured_at IS NOT NULL AND completed_at IS NOT NULL))
) WITH (fillfactor = 70);

-- What one member earns on one line. Rows of former accruals stay, wholly reversed.
CREATE TABLE legs (
    order_id text NOT NULL,
    accrual bigint NOT NULL,
    leg bigint NOT NULL,
    member_id text NOT NULL,
    level bigint NOT NULL CHECK (level >= 1),
    kind text NOT NULL CHECK (kind IN ('level', 'differential', 'peer', 'self')),
    line_id text NOT NULL,
    base bigint NOT NULL CHECK (base >= 0),
    rate_basis_points bigint,
    amount_per_unit bigint,
    amount bigint NOT NULL CHECK (amount >= 0),
    reversed bigint NOT NULL,
    why text NOT NULL,
    PRIMARY KEY (order_id, accrual, leg),
    CONSTRAINT legs_one_reward CHECK ((rate_basis_points IS NULL) <> (amount_per_unit IS NULL)),
    CONSTRAINT legs_reversed_within CHECK (reversed BETWEEN 0 AND amount)
) WITH (fillfactor = 80);
CREATE INDEX legs_member ON legs (member_id, order_id);

-- What one line pays out: its legs, the company's share and the remainder make up the pool (I8).
CREATE TABLE pools (
    order_id text NOT NULL,
    accrual bigint NOT NULL,
    line bigint NOT NULL,
    line_id text NOT NULL,
    paid bigint NOT NULL,
    pool bigint NOT NULL CHECK (pool >= 0),
    company_share bigint NOT NULL,
    remainder bigint NOT NULL,
    company_share_reversed bigint NOT NULL,
    remainder_reversed bigint NOT NULL,
    PRIMARY KEY (order_id, accrual, line),
    CONSTRAINT pools_company_share_within CHECK (
        company_share BETWEEN 0 AND pool AND company_share_reversed BETWEEN 0 AND company_share)
) WITH (fillfactor = 80);

-- The ledger. `total` is what all credits, and all debits, of a journal's entries sum to.
CREATE TABLE journals (
    journal_id text PRIMARY KEY,
    order_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('accrue', 'mature', 'reverse')),
    cause text NOT NULL,
    booked_at timestamptz NOT NULL,
    currency text NOT NULL,
    total bigint NOT NULL CHECK (total > 0),
    CONSTRAINT journals_booked_once UNIQUE (order_id, kind, cause)
);

-- Credits are positive: what belongs to the account's holder. `member_id` is empty for the company's accounts.
CREATE TABLE entries (
    journal_id text NOT NULL,
    account text NOT NULL CHECK (account IN ('expense', 'retained', 'rounding', 'frozen', 'available')),
    member_id text NOT NULL,
    amount bigint NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (journal_id, account, member_id),
    CONSTRAINT entries_holder CHECK ((account IN ('expense', 'retained', 'rounding')) = (member_id = ''))
);
CREATE INDEX entries_member ON entries (member_id, account) WHERE member_id <> '';

-- What members' entries sum to, kept beside them. The company's accounts have no row here: every order would wait for
-- the same one.
CREATE TABLE balances (
    member_id text NOT NULL CHECK (member_id <> ''),
    account text NOT NULL,
    currency text NOT NULL,
    amount bigint NOT NULL,
    PRIMARY KEY (member_id, account, currency)
) WITH (fillfactor = 50);

-- All entries of a journal are written by one statement, after their journal: so this check needs no deferring, and
-- looks at a whole batch at once.
CREATE FUNCTION check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken text;
BEGIN
    SELECT n.journal_id INTO broken
    FROM (SELECT journal_id, sum(amount) AS sum, sum(amount) FILTER (WHERE amount > 0) AS credit
          FROM written GROUP BY journal_id) AS n
    LEFT JOIN journals AS j ON j.journal_id = n.journal_id
    WHERE n.sum <> 0 OR n.credit IS DISTINCT FROM j.total
    LIMIT 1;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'the entries of a journal do not balance'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_balanced', TABLE = 'entries';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entries_balanced AFTER INSERT ON entries
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION check_entries();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_append_only', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER journals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journals
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Reference data with its past: an order is decided by what held when it was placed.
CREATE TABLE plans (
    plan_id text NOT NULL,
    version bigint NOT NULL,
    effective_from timestamptz NOT NULL,
    ended_at timestamptz,
    terms json NOT NULL,
    PRIMARY KEY (plan_id, version)
);

CREATE TABLE items (
    sku text NOT NULL,
    effective_from timestamptz NOT NULL,
    commission_class text,
    PRIMARY KEY (sku, effective_from)
);

CREATE TABLE members (
    member_id text NOT NULL,
    effective_from timestamptz NOT NULL,
    record json NOT NULL,
    PRIMARY KEY (member_id, effective_from)
);
