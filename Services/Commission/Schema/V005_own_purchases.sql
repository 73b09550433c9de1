-- Own purchases: where the plan shifts the levels, a buyer who is a distributor is level 1.

-- `own_chain`: who is paid in place of the attribution's chain, which it is shaped like; NULL for all other orders.
ALTER TABLE orders ADD COLUMN own_chain json;

-- The own leg is of whatever mode the plan has; in margin mode prices stand in place of a reward.
ALTER TABLE legs
    DROP CONSTRAINT legs_one_reward,
    ADD CONSTRAINT legs_one_reward CHECK (
        CASE kind
            WHEN 'margin' THEN num_nonnulls(rate_basis_points, amount_per_unit) = 0
            WHEN 'self' THEN num_nonnulls(rate_basis_points, amount_per_unit) <= 1
            ELSE num_nonnulls(rate_basis_points, amount_per_unit) = 1 END),
    ADD CONSTRAINT legs_self_is_first CHECK (kind <> 'self' OR level = 1);

-- Whose own account a buyer's is; without a list of pending entries, which every order would read.
CREATE INDEX members_buyers ON members USING gin (((record -> 'buyers')::jsonb)) WITH (fastupdate = off);

-- The own chain counts as the chain of the sale.
CREATE OR REPLACE VIEW order_breaches AS
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
FROM (SELECT order_id AS id FROM legs UNION SELECT order_id FROM pools UNION SELECT order_id FROM journals) AS orphan
WHERE NOT EXISTS (SELECT FROM orders AS o WHERE o.order_id = orphan.id)
UNION ALL
SELECT DISTINCT 'I17', e.journal_id, 'the journal is missing'
FROM entries AS e WHERE NOT EXISTS (SELECT FROM journals AS j WHERE j.journal_id = e.journal_id);
