-- Several holds of an order at once, what decides whose it is, what people have done to it; and what leads from buyers,
-- unknown members and unknown SKUs to orders.

ALTER TABLE orders
    -- The holds with their kinds; `hold_reason` shows the same to people. NULL: none.
    ADD COLUMN holds bytea,
    -- NULL in orders of before.
    ADD COLUMN claims bytea,
    -- Corrections, entered payments, answered commands. NULL: none.
    ADD COLUMN handling bytea,
    ADD COLUMN flag text,
    ADD CONSTRAINT orders_holds CHECK (holds IS NULL OR hold_reason IS NOT NULL);

-- Holds of before were of three kinds: one for people, which the platform's word may have made, and the platform's own.
UPDATE orders AS o SET hold_reason = h.reasons, holds = convert_to(json_build_object('holds', h.list)::text, 'UTF8')
FROM (
    SELECT order_id, string_agg(reason, '; ' ORDER BY kind = 'platform', reason) AS reasons,
        json_agg(json_build_object(
            'kind', kind, 'reason', reason,
            'heldAt', to_char(decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        ) ORDER BY kind = 'platform', reason) AS list
    FROM (
        SELECT order_id, decided_at, hold_reason AS reason,
            CASE WHEN hold_reason = 'unmatched-sku' THEN 'unmatched-sku'
                WHEN hold_reason IN ('changed-on-platform', 'refunded-on-platform') THEN 'platform'
                ELSE 'operator' END AS kind
        FROM orders WHERE hold_reason IS NOT NULL
        UNION ALL
        SELECT order_id, decided_at, convert_from(requests, 'UTF8')::json ->> 'platformHold', 'platform' FROM orders
    ) AS former
    WHERE reason IS NOT NULL GROUP BY order_id
) AS h
WHERE o.order_id = h.order_id;

-- What leads to orders: a buyer (blocked or not, its latest orders and clicks), a member nobody has told of, a SKU
-- nobody knows. Locked before the orders.
CREATE TABLE registers (
    kind text NOT NULL CONSTRAINT registers_kind CHECK (kind IN ('buyer', 'unmatched-sku', 'expected-member')),
    id text NOT NULL,
    blocked boolean NOT NULL DEFAULT false,
    record bytea NOT NULL,
    PRIMARY KEY (kind, id),
    CONSTRAINT registers_blocked CHECK (NOT blocked OR kind = 'buyer')
) WITH (fillfactor = 70);
