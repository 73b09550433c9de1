-- Filters of orders that users have kept, and what their lists are read by.

CREATE TABLE saved_views (
    view_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    -- As it stands in an address.
    query text NOT NULL CHECK (length(query) <= 4000),
    UNIQUE (user_id, name)
);

-- What is true of few orders, each list by itself.
CREATE INDEX orders_to_ship ON orders (placed_at DESC, order_id DESC)
    WHERE confirmed_at IS NOT NULL AND state IN ('pending-payment', 'paid', 'partially-shipped');
CREATE INDEX orders_under_way ON orders (placed_at DESC, order_id DESC) WHERE state IN ('shipped', 'delivered');
CREATE INDEX orders_short ON orders (placed_at DESC, order_id DESC)
    WHERE stock_status IN ('backordered', 'rejected');
CREATE INDEX orders_refunded ON orders (placed_at DESC, order_id DESC) WHERE refund_status <> 'none';
CREATE INDEX orders_flagged ON orders (flag, placed_at DESC) WHERE flag IS NOT NULL;
CREATE INDEX orders_total ON orders (total DESC, order_id DESC) WHERE placed_at IS NOT NULL;
CREATE INDEX orders_warehouses ON orders USING gin (warehouses);
