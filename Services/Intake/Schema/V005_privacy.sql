-- Whose each order's personal data is, whether others were told to forget it, and since when nothing of it is left.
ALTER TABLE parties
    ADD COLUMN buyer_id text,
    ADD COLUMN locked boolean NOT NULL DEFAULT false,
    ADD COLUMN erased_at timestamptz,
    ALTER COLUMN party DROP NOT NULL;

UPDATE parties AS p SET buyer_id = coalesce(
    convert_from(o.placed, 'UTF8')::json ->> 'buyerId', 'order/' || o.order_id)
FROM orders AS o WHERE o.order_id = p.order_id;

ALTER TABLE parties
    ALTER COLUMN buyer_id SET NOT NULL,
    ADD CONSTRAINT parties_erased CHECK ((party IS NULL) = (erased_at IS NOT NULL)),
    ADD CONSTRAINT parties_locked CHECK (locked OR erased_at IS NULL);

CREATE INDEX parties_buyer ON parties (buyer_id, locked, order_id) WHERE erased_at IS NULL;
