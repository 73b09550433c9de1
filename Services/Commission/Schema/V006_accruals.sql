-- An accrual is one row with its legs and pools, where it was a row for each of them; and an order that is booked writes
-- half as many index rows: an index knows only the rows that are looked for by it.

-- `body`: legs and pools in their order, with what was taken back of each, and whose the order was, once it is another's.
-- `seller` is who earns at level 1, for the watch over sales.
CREATE TABLE accruals (
    order_id text NOT NULL,
    accrual bigint NOT NULL CHECK (accrual >= 1),
    seller text,
    body json COMPRESSION lz4 NOT NULL,
    PRIMARY KEY (order_id, accrual)
) WITH (fillfactor = 80);
ALTER TABLE accruals ALTER COLUMN body SET STORAGE MAIN;
CREATE INDEX accruals_seller ON accruals (seller, order_id) WHERE seller IS NOT NULL;

INSERT INTO accruals (order_id, accrual, seller, body)
SELECT p.order_id, p.accrual, l.seller, json_strip_nulls(json_build_object(
    'accrual', p.accrual, 'legs', coalesce(l.legs, '[]'), 'pools', p.pools))
FROM (
    SELECT order_id, accrual, json_agg(json_build_object('lineId', line_id, 'paid', paid, 'pool', pool,
        'companyShare', company_share, 'remainder', remainder, 'companyShareReversed', company_share_reversed,
        'remainderReversed', remainder_reversed) ORDER BY line) AS pools
    FROM pools GROUP BY 1, 2) AS p
LEFT JOIN (
    SELECT order_id, accrual, min(member_id) FILTER (WHERE level = 1) AS seller,
        json_agg(json_build_object('memberId', member_id, 'level', level, 'kind', kind, 'lineId', line_id, 'base', base,
            'rateBasisPoints', rate_basis_points, 'amountPerUnit', amount_per_unit, 'amount', amount, 'why', why,
            'reversed', reversed, 'matured', matured) ORDER BY leg) AS legs
    FROM legs GROUP BY 1, 2) AS l USING (order_id, accrual);
DROP VIEW breaches, order_breaches;
DROP TABLE legs, pools;

-- What one member earns on one line. Those of former accruals stay, wholly reversed.
CREATE VIEW legs AS
SELECT a.order_id, a.accrual, l.ordinality AS leg, l."memberId" AS member_id, l.level, l.kind, l."lineId" AS line_id,
    l.base, l."rateBasisPoints" AS rate_basis_points, l."amountPerUnit" AS amount_per_unit, l.amount,
    coalesce(l.reversed, 0) AS reversed, l.why, coalesce(l.matured, false) AS matured
FROM accruals AS a, ROWS FROM (json_to_recordset(a.body -> 'legs') AS (
    "memberId" text, level bigint, kind text, "lineId" text, base bigint, "rateBasisPoints" bigint,
    "amountPerUnit" bigint, amount bigint, reversed bigint, why text, matured boolean)) WITH ORDINALITY AS l;

-- What one line pays out: its legs, the company's share and the remainder make up the pool (I8).
CREATE VIEW pools AS
SELECT a.order_id, a.accrual, p.ordinality AS line, p."lineId" AS line_id, p.paid, p.pool,
    p."companyShare" AS company_share, p.remainder, coalesce(p."companyShareReversed", 0) AS company_share_reversed,
    coalesce(p."remainderReversed", 0) AS remainder_reversed
FROM accruals AS a, ROWS FROM (json_to_recordset(a.body -> 'pools') AS (
    "lineId" text, paid bigint, pool bigint, "companyShare" bigint, remainder bigint, "companyShareReversed" bigint,
    "remainderReversed" bigint)) WITH ORDINALITY AS p;

-- What is newly confirmed is found by the journals, which are in the order of their booking: so no indexed column of an
-- order changes when it is confirmed.
DROP INDEX orders_confirmed;

ALTER TABLE journals DROP CONSTRAINT journals_booked_once, DROP CONSTRAINT journals_member_booked_once;
CREATE UNIQUE INDEX journals_booked_once ON journals (order_id, kind, cause) WHERE order_id IS NOT NULL;
CREATE UNIQUE INDEX journals_member_booked_once ON journals (member_id, kind, cause) WHERE member_id IS NOT NULL;

-- As before, with what the columns of legs and pools refused.
CREATE VIEW order_breaches AS
SELECT 'I6' AS invariant, j.journal_id AS id, 'entries do not sum to 0, or not to the journal''s total' AS breach
FROM journals AS j LEFT JOIN entries AS e ON e.journal_id = j.journal_id
GROUP BY j.journal_id
HAVING sum(e.amount) IS DISTINCT FROM 0 OR sum(e.amount) FILTER (WHERE e.amount > 0) IS DISTINCT FROM j.total
UNION ALL
SELECT 'I6', member_id || ' ' || account, 'the balance is not what the entries sum to'
FROM (SELECT e.member_id, e.account, j.currency, sum(e.amount) AS amount
      FROM entries AS e JOIN journals AS j ON j.journal_id = e.journal_id
      WHERE e.member_id <> '' GROUP BY 1, 2, 3) AS e
FULL JOIN balances AS b USING (member_id, account, currency)
WHERE coalesce(e.amount, 0) <> coalesce(b.amount, 0)
UNION ALL
SELECT 'I6', order_id || ' ' || member_id, 'what is left of the legs is not what the ledger holds'
FROM (SELECT order_id, member_id, sum(amount - reversed) AS rest FROM legs GROUP BY 1, 2) AS l
LEFT JOIN (SELECT j.order_id, e.member_id, sum(e.amount) AS rest
           FROM entries AS e JOIN journals AS j ON j.journal_id = e.journal_id GROUP BY 1, 2) AS b
    USING (order_id, member_id)
WHERE l.rest <> coalesce(b.rest, 0)
UNION ALL
SELECT 'I8', p.order_id || ' ' || p.line_id, 'legs, company share and remainder do not make up the pool'
FROM pools AS p
LEFT JOIN legs AS l ON l.order_id = p.order_id AND l.accrual = p.accrual AND l.line_id = p.line_id
GROUP BY p.order_id, p.accrual, p.line, p.line_id, p.pool, p.company_share, p.remainder
HAVING p.pool <> p.company_share + p.remainder + coalesce(sum(l.amount), 0)
UNION ALL
SELECT 'I8', order_id || ' ' || line_id, 'the company''s share is not within the pool, or what was taken back not within it'
FROM pools WHERE NOT (company_share BETWEEN 0 AND pool AND company_share_reversed BETWEEN 0 AND company_share)
UNION ALL
SELECT 'I8', order_id || ' ' || member_id, 'the leg has no reward, or two, or more was taken back than it had'
FROM legs WHERE reversed NOT BETWEEN 0 AND amount OR level < 1 OR kind = 'self' AND level <> 1 OR CASE kind
    WHEN 'margin' THEN num_nonnulls(rate_basis_points, amount_per_unit) <> 0
    WHEN 'self' THEN num_nonnulls(rate_basis_points, amount_per_unit) > 1
    ELSE num_nonnulls(rate_basis_points, amount_per_unit) <> 1 END
UNION ALL
SELECT 'I9', l.order_id || ' ' || l.line_id, 'the line was paid back whole, its commission was not'
FROM legs AS l
JOIN pools AS p ON p.order_id = l.order_id AND p.accrual = l.accrual AND p.line_id = l.line_id
JOIN orders AS o ON o.order_id = l.order_id
WHERE l.reversed < l.amount AND p.paid <= (
    SELECT sum((r ->> 'amount')::bigint) FROM json_array_elements(o.after_sales -> 'refunds') AS r
    WHERE r ->> 'lineId' = l.line_id)
UNION ALL
SELECT 'I10', l.order_id || ' ' || l.member_id, 'somebody outside the chain of the sale earns'
FROM legs AS l JOIN orders AS o ON o.order_id = l.order_id
WHERE l.reversed < l.amount AND NOT EXISTS (
    SELECT FROM json_array_elements(coalesce(o.own_chain, o.attribution) -> 'chain') AS c
    WHERE c ->> 'memberId' = l.member_id)
UNION ALL
SELECT 'I10', l.order_id || ' ' || l.member_id, 'the own leg is not the buyer''s, or the buyer''s is none'
FROM legs AS l JOIN orders AS o ON o.order_id = l.order_id
WHERE l.reversed < l.amount
    AND (l.kind = 'self') <> coalesce(o.own_chain #>> '{chain,0,memberId}' = l.member_id, false)
UNION ALL
SELECT 'I10', o.order_id, 'the buyer is paid, and the plan does not shift'
FROM orders AS o LEFT JOIN plans AS p ON p.plan_id = o.plan_id AND p.version = o.plan_version
WHERE o.own_chain IS NOT NULL AND p.terms ->> 'selfPurchase' IS DISTINCT FROM 'shift'
UNION ALL
SELECT 'I17', orphan.id, 'the order, or the journal, is missing'
FROM (SELECT order_id AS id FROM accruals UNION SELECT order_id FROM journals) AS orphan
WHERE NOT EXISTS (SELECT FROM orders AS o WHERE o.order_id = orphan.id)
UNION ALL
SELECT DISTINCT 'I17', e.journal_id, 'the journal is missing'
FROM entries AS e WHERE NOT EXISTS (SELECT FROM journals AS j WHERE j.journal_id = e.journal_id);
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
