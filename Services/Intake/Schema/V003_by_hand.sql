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

-- Holds of before were of two kinds.
UPDATE orders SET holds = convert_to(
    json_build_object('holds', json_build_array(json_build_object(
        'kind', CASE hold_reason WHEN 'unmatched-sku' THEN 'unmatched-sku' ELSE 'operator' END,
        'reason', hold_reason,
        'heldAt', to_char(decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))))::text, 'UTF8')
WHERE hold_reason IS NOT NULL;

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
