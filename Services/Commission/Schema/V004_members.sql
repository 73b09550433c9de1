-- Members as holders of money: payouts, adjustments, statements; holds on what an order pays them.

ALTER TABLE journals
    ALTER COLUMN order_id DROP NOT NULL,
    ADD COLUMN member_id text,
    DROP CONSTRAINT journals_kind_check,
    ADD CONSTRAINT journals_kind_check CHECK (
        kind IN ('accrue', 'mature', 'reverse', 'payout', 'paid', 'returned', 'adjust', 'team')),
    ADD CONSTRAINT journals_subject CHECK (
        CASE WHEN kind IN ('accrue', 'mature', 'reverse') THEN order_id IS NOT NULL AND member_id IS NULL
             ELSE order_id IS NULL AND member_id IS NOT NULL END),
    ADD CONSTRAINT journals_member_booked_once UNIQUE (member_id, kind, cause);
-- A month is closed by what was booked in it.
CREATE INDEX journals_booked_at ON journals (booked_at);

ALTER TABLE entries
    DROP CONSTRAINT entries_account_check,
    DROP CONSTRAINT entries_holder,
    ADD CONSTRAINT entries_account_check CHECK (
        account IN ('expense', 'retained', 'rounding', 'paid', 'fee', 'tax', 'frozen', 'available', 'in-payout')),
    ADD CONSTRAINT entries_holder CHECK (
        (account IN ('expense', 'retained', 'rounding', 'paid', 'fee', 'tax')) = (member_id = ''));

-- `matured`: the member can withdraw what is left of the leg.
ALTER TABLE legs
    ADD COLUMN matured boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT legs_kind_check,
    ADD CONSTRAINT legs_kind_check CHECK (kind IN ('level', 'differential', 'peer', 'self', 'margin')),
    DROP CONSTRAINT legs_one_reward,
    ADD CONSTRAINT legs_one_reward CHECK (
        num_nonnulls(rate_basis_points, amount_per_unit) = CASE WHEN kind = 'margin' THEN 0 ELSE 1 END);
UPDATE legs AS l SET matured = true FROM orders AS o
WHERE o.order_id = l.order_id AND o.state = 'matured' AND l.accrual = o.accruals;

-- `holds`: what members' legs wait for beside the window; NULL for none. `turnover`: what the seller's turnover has of it.
ALTER TABLE orders
    ADD COLUMN accrual_journal bigint NOT NULL DEFAULT 0,
    ADD COLUMN holds json,
    ADD COLUMN turnover bigint NOT NULL DEFAULT 0,
    ADD COLUMN turnovers bigint NOT NULL DEFAULT 0;
CREATE INDEX orders_held ON orders (order_id) WHERE holds IS NOT NULL;
-- The watch over sales looks at the newest.
CREATE INDEX orders_confirmed ON orders (confirmed_at);

-- One row per member that ever had a command. `payee`: name and account are sealed in it.
CREATE TABLE accounts (
    member_id text PRIMARY KEY,
    payouts bigint NOT NULL,
    journals bigint NOT NULL,
    payee json,
    has_had_payee boolean NOT NULL,
    income json,
    command_ids text[] NOT NULL
);

CREATE TABLE payouts (
    payout_id text PRIMARY KEY,
    member_id text NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    fee bigint NOT NULL CHECK (fee >= 0),
    tax bigint NOT NULL CHECK (tax >= 0),
    currency text NOT NULL,
    payee text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('requested', 'due', 'paid', 'failed')),
    decided_by text,
    answered_at timestamptz,
    answers bigint NOT NULL,
    reason text,
    CONSTRAINT payouts_net CHECK (fee + tax < amount),
    CONSTRAINT payouts_two_persons CHECK (state <> 'due' OR decided_by <> requested_by)
);
CREATE INDEX payouts_open ON payouts (requested_at) WHERE state IN ('requested', 'due');
CREATE INDEX payouts_member ON payouts (member_id);

CREATE TABLE adjustments (
    member_id text NOT NULL,
    adjustment_id text NOT NULL,
    order_id text,
    amount bigint NOT NULL CHECK (amount <> 0),
    currency text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    requested_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'booked', 'rejected')),
    decided_by text,
    PRIMARY KEY (member_id, adjustment_id),
    CONSTRAINT adjustments_two_persons CHECK (decided_by <> actor OR state = 'rejected')
);

CREATE INDEX adjustments_key ON adjustments ((member_id || '/' || adjustment_id));

-- Append-only, like the ledger: what orders added to, or took from, their seller's turnover.
CREATE TABLE turnovers (
    order_id text NOT NULL,
    number bigint NOT NULL,
    seller text NOT NULL,
    parent text,
    currency text NOT NULL,
    amount bigint NOT NULL,
    booked_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, number)
);
INSERT INTO turnovers (order_id, number, seller, parent, currency, amount, booked_at)
SELECT o.order_id, 1, o.attribution #>> '{chain,0,memberId}', o.attribution #>> '{chain,1,memberId}',
    o.placed ->> 'currency',
    sum(greatest(p.paid, 0) - least(greatest(p.paid, 0), coalesce((
        SELECT sum((r ->> 'amount')::bigint) FROM json_array_elements(o.after_sales -> 'refunds') AS r
        WHERE r ->> 'lineId' = p.line_id), 0))), o.matured_at
FROM orders AS o JOIN pools AS p ON p.order_id = o.order_id AND p.accrual = o.accruals
WHERE o.state = 'matured' GROUP BY o.order_id;
UPDATE orders AS o SET turnover = t.amount, turnovers = 1 FROM turnovers AS t WHERE t.order_id = o.order_id;
UPDATE orders AS o SET accrual_journal = (
    SELECT max(substring(j.journal_id FROM '-J([0-9]+)$')::bigint) FROM journals AS j
    WHERE j.order_id = o.order_id AND j.kind = 'accrue')
WHERE o.accruals > 0;
CREATE INDEX turnovers_booked_at ON turnovers (booked_at);
CREATE TRIGGER turnovers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON turnovers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Months to be closed; `done_at` once all their statements are worked out.
CREATE TABLE closings (
    closing_id text PRIMARY KEY,
    period text NOT NULL,
    member_id text,
    requested_at timestamptz NOT NULL,
    done_at timestamptz
);

-- `settled_at` is NULL while only the sums are known; the lanes book the team's bonus and tell the statement.
CREATE TABLE settlements (
    period text NOT NULL,
    currency text NOT NULL,
    member_id text NOT NULL,
    turnover bigint NOT NULL,
    opening bigint NOT NULL,
    matured bigint NOT NULL,
    reversed bigint NOT NULL,
    adjusted bigint NOT NULL,
    paid_out bigint NOT NULL,
    team_bonus bigint NOT NULL DEFAULT 0,
    settled_at timestamptz,
    is_sent boolean NOT NULL DEFAULT false,
    PRIMARY KEY (period, currency, member_id)
);
CREATE INDEX settlements_member ON settlements (member_id);
CREATE INDEX settlements_unsent ON settlements (period, currency, member_id) WHERE NOT is_sent;

-- What the watch over sales noticed; each once, also when somebody has let it go since.
CREATE TABLE suspicions (
    order_id text NOT NULL,
    member_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('own-purchase', 'refund-ring', 'velocity')),
    reason text NOT NULL,
    noticed_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, member_id, kind)
);
-- Fingerprints of where members have bought for themselves.
CREATE TABLE member_addresses (
    member_id text NOT NULL,
    address text NOT NULL,
    PRIMARY KEY (member_id, address)
);
CREATE INDEX members_phone ON members ((record ->> 'phoneFingerprint'));

-- Nobody stands above themselves, at the moment from which a record holds.
CREATE FUNCTION check_members() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    circle text;
BEGIN
    WITH RECURSIVE above AS (
        SELECT w.member_id, w.effective_from, w.record ->> 'parentId' AS parent, 1 AS level FROM written AS w
        UNION ALL
        SELECT a.member_id, a.effective_from, (
            SELECT m.record ->> 'parentId' FROM members AS m
            WHERE m.member_id = a.parent AND m.effective_from <= a.effective_from
            ORDER BY m.effective_from DESC LIMIT 1), a.level + 1
        FROM above AS a WHERE a.parent IS NOT NULL AND a.parent <> a.member_id AND a.level < 100)
    SELECT member_id INTO circle FROM above WHERE parent = member_id LIMIT 1;
    IF circle IS NOT NULL THEN
        RAISE EXCEPTION 'a member would stand above itself'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'members_no_circle', TABLE = 'members';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER members_no_circle AFTER INSERT ON members
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION check_members();
CREATE TRIGGER members_no_circle_again AFTER UPDATE ON members
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION check_members();

-- Journals that are members' own have no order, and the former view names them by nothing.
ALTER VIEW breaches RENAME TO order_breaches;
CREATE VIEW breaches AS
SELECT invariant, id, breach FROM order_breaches WHERE id IS NOT NULL
UNION ALL
SELECT 'I6' AS invariant, p.payout_id AS id, 'what is on its way is not what the ledger holds' AS breach
FROM payouts AS p
LEFT JOIN (
    SELECT j.member_id, j.cause, sum(e.amount) AS amount
    FROM journals AS j JOIN entries AS e ON e.journal_id = j.journal_id
    WHERE j.kind IN ('payout', 'paid', 'returned') AND e.account = 'in-payout' GROUP BY 1, 2) AS l
    ON l.member_id = p.member_id AND (l.cause = p.payout_id OR starts_with(l.cause, p.payout_id || '-'))
GROUP BY p.payout_id, p.state, p.amount
HAVING coalesce(sum(l.amount), 0) <> CASE WHEN p.state IN ('requested', 'due') THEN p.amount ELSE 0 END
UNION ALL
SELECT 'I6', a.member_id || '/' || a.adjustment_id, 'the adjustment is not what the ledger holds'
FROM adjustments AS a
LEFT JOIN journals AS j ON j.member_id = a.member_id AND j.kind = 'adjust' AND j.cause = a.adjustment_id
WHERE (a.state = 'booked') <> (j.journal_id IS NOT NULL) OR (j.journal_id IS NOT NULL AND j.total <> abs(a.amount))
UNION ALL
SELECT 'I6', o.order_id, 'the turnover is not what was put down'
FROM orders AS o LEFT JOIN turnovers AS t ON t.order_id = o.order_id
WHERE o.turnovers > 0
GROUP BY o.order_id, o.turnover, o.turnovers
HAVING coalesce(sum(t.amount), 0) <> o.turnover OR count(t.order_id) <> o.turnovers;
