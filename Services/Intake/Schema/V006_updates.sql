-- What platforms were told of their orders, and the earliest deadline of what they have not accepted.
ALTER TABLE orders ADD COLUMN updates bytea, ADD COLUMN update_deadline timestamptz,
    ADD CONSTRAINT orders_update_deadline CHECK (update_deadline IS NULL OR updates IS NOT NULL);
CREATE INDEX orders_updates_open ON orders (update_deadline) WHERE update_deadline IS NOT NULL;
