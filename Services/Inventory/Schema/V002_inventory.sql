-- Reference data: the newest message of each key, as it came.
CREATE TABLE items (sku text PRIMARY KEY, body bytea NOT NULL);
CREATE TABLE listings (listing text PRIMARY KEY, body bytea NOT NULL);
CREATE TABLE warehouses (warehouse text PRIMARY KEY, body bytea NOT NULL);

-- What each order asked for; locked first.
CREATE TABLE orders (
    order_id text PRIMARY KEY,
    reservation bigint NOT NULL CHECK (reservation >= 0),
    standing text NOT NULL CHECK (standing IN ('unasked', 'reserved', 'backordered', 'rejected', 'released')),
    request bytea NOT NULL
) WITH (fillfactor = 80);

-- What each order got: every piece is open, shipped or released, never two of them.
CREATE TABLE reservations (
    order_id text NOT NULL REFERENCES orders,
    reservation bigint NOT NULL,
    line_id text NOT NULL,
    sku text NOT NULL,
    warehouse text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    shipped bigint NOT NULL DEFAULT 0 CHECK (shipped >= 0),
    released bigint NOT NULL DEFAULT 0 CHECK (released >= 0),
    PRIMARY KEY (order_id, reservation, line_id, sku, warehouse),
    CONSTRAINT reservations_one_fate CHECK (shipped + released <= quantity)
) WITH (fillfactor = 80);
CREATE INDEX reservations_open ON reservations (sku, warehouse) WHERE shipped + released < quantity;

-- Shipments, refunds, inspections and returns that an order has taken into account.
CREATE TABLE order_references (
    order_id text NOT NULL REFERENCES orders,
    reference text NOT NULL,
    PRIMARY KEY (order_id, reference)
);

-- One row per SKU is the lock of all its stock; locked after the orders, SKUs ascending.
CREATE TABLE stock_skus (
    sku text PRIMARY KEY,
    safety_stock bigint CHECK (safety_stock >= 0),
    is_low boolean NOT NULL DEFAULT false,
    announced_available bigint,
    announced_incoming bigint,
    announced_at timestamptz,
    announcement_due boolean NOT NULL DEFAULT false
) WITH (fillfactor = 60);

CREATE TABLE stock_levels (
    sku text NOT NULL REFERENCES stock_skus,
    warehouse text NOT NULL,
    on_hand bigint NOT NULL,
    reserved bigint NOT NULL,
    safety_stock bigint NOT NULL DEFAULT 0 CHECK (safety_stock >= 0),
    PRIMARY KEY (sku, warehouse),
    CONSTRAINT stock_levels_reserved CHECK (reserved >= 0),
    CONSTRAINT stock_levels_never_oversold CHECK (on_hand >= reserved)
) WITH (fillfactor = 60);

-- Pieces on order from suppliers, by the reference of the order.
CREATE TABLE stock_incoming (
    sku text NOT NULL REFERENCES stock_skus,
    reference text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (sku, reference)
);

-- Orders that wait for pieces, first come first.
CREATE TABLE backorders (
    sku text NOT NULL REFERENCES stock_skus,
    place bigint NOT NULL,
    order_id text NOT NULL,
    line_id text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (sku, order_id, line_id)
);

-- Why pieces on hand changed: rows are added and never changed; their quantities add up to what is on hand.
CREATE TABLE movements (
    sku text NOT NULL,
    warehouse text NOT NULL,
    movement_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('received', 'counted', 'adjusted', 'scrapped', 'transferred-out',
        'transferred-in', 'shipped', 'returned', 'ordered', 'order-cancelled')),
    stated bigint NOT NULL,
    quantity bigint NOT NULL,
    balance bigint NOT NULL CHECK (balance >= 0),
    reference text,
    occurred_at timestamptz NOT NULL,
    PRIMARY KEY (sku, warehouse, movement_id)
);
CREATE FUNCTION movements_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'movements are added, never changed';
END $$;
CREATE TRIGGER movements_are_final BEFORE UPDATE OR DELETE ON movements
    FOR EACH ROW EXECUTE FUNCTION movements_are_final();
