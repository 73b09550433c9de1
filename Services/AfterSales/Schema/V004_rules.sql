-- By which rules a channel's cases are decided, and how often a buyer has asked before.
-- NULL: the usual rules.
ALTER TABLE channels ADD COLUMN rules bytea;

CREATE TABLE buyers (
    buyer_id text PRIMARY KEY,
    cases bigint NOT NULL CHECK (cases > 0)
);
INSERT INTO buyers (buyer_id, cases)
SELECT convert_from(a.placed, 'UTF8')::jsonb ->> 'buyerId', count(*)
FROM accounts AS a JOIN cases AS c USING (order_id)
WHERE convert_from(a.placed, 'UTF8')::jsonb ->> 'buyerId' IS NOT NULL GROUP BY 1;
