-- What must be shipped, what is planned, who wants goods to stay, and what carriers saw.

CREATE TABLE orders (
    order_id text PRIMARY KEY,
    phase text NOT NULL CHECK (phase IN ('placed', 'confirmed', 'cancelled', 'finished')),
    delivery text NOT NULL CHECK (delivery IN ('express', 'pickup', 'local', 'virtual')),
    country text,
    province text,
    city text,
    district text,
    region_code text,
    weight_grams bigint NOT NULL,
    -- OrderConfirmed as JSON: what each warehouse gives.
    confirmed bytea,
    CHECK (phase <> 'confirmed' OR confirmed IS NOT NULL)
) WITH (fillfactor = 80);

-- Pieces withdrawn were refunded before they left.
CREATE TABLE order_lines (
    order_id text NOT NULL REFERENCES orders,
    line_id text NOT NULL,
    position integer NOT NULL,
    sku text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    withdrawn bigint NOT NULL,
    PRIMARY KEY (order_id, line_id),
    CHECK (withdrawn BETWEEN 0 AND quantity)
) WITH (fillfactor = 90);

CREATE TABLE shipments (
    shipment_id text PRIMARY KEY,
    order_id text NOT NULL REFERENCES orders,
    number bigint NOT NULL CHECK (number > 0),
    direction text NOT NULL CHECK (direction IN ('out', 'return')),
    warehouse text NOT NULL,
    parcel_id text NOT NULL,
    carrier text NOT NULL,
    waybill text NOT NULL,
    promise_days bigint,
    state text NOT NULL CHECK (state IN ('planned', 'labelled', 'dispatched', 'in-transit', 'delivered', 'exception',
        'returning', 'returned', 'cancelled')),
    planned_at timestamptz NOT NULL,
    dispatched_at timestamptz,
    promised_by timestamptz,
    latest_status text,
    delivered_at timestamptz,
    returned_at timestamptz,
    UNIQUE (order_id, number),
    CONSTRAINT shipments_waybill UNIQUE (carrier, waybill),
    CHECK ((dispatched_at IS NULL) = (state IN ('planned', 'labelled', 'cancelled'))),
    CHECK (state <> 'delivered' OR delivered_at IS NOT NULL),
    CHECK (state <> 'returned' OR returned_at IS NOT NULL)
) WITH (fillfactor = 70);
CREATE INDEX shipments_open ON shipments (warehouse, planned_at) WHERE state IN ('planned', 'labelled');

CREATE TABLE shipment_lines (
    shipment_id text NOT NULL REFERENCES shipments,
    line_id text NOT NULL,
    position integer NOT NULL,
    sku text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    unit_weight_grams bigint NOT NULL CHECK (unit_weight_grams >= 0),
    PRIMARY KEY (shipment_id, line_id)
);

-- Append-only; a status at a time is one scan, however often it is reported.
CREATE TABLE scans (
    carrier text NOT NULL,
    waybill text NOT NULL,
    status text NOT NULL,
    occurred_at timestamptz NOT NULL,
    shipment_id text NOT NULL REFERENCES shipments,
    raw_code text,
    location text,
    PRIMARY KEY (carrier, waybill, status, occurred_at)
);
CREATE INDEX scans_shipment ON scans (shipment_id);

CREATE TABLE stops (
    order_id text NOT NULL REFERENCES orders,
    asker text NOT NULL,
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL CHECK (kind IN ('hold', 'cancel', 'case')),
    PRIMARY KEY (order_id, asker)
);

-- The pieces of a case; a hold and a cancellation stop everything and have none here.
CREATE TABLE stop_lines (
    order_id text NOT NULL,
    asker text NOT NULL,
    line_id text NOT NULL,
    position integer NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_id, asker, line_id),
    FOREIGN KEY (order_id, asker) REFERENCES stops ON DELETE CASCADE
);

-- Kept from the catalogue.
CREATE TABLE items (
    sku text PRIMARY KEY,
    weight_grams bigint NOT NULL CHECK (weight_grams >= 0)
);

CREATE TABLE warehouses (
    warehouse text PRIMARY KEY,
    country text NOT NULL,
    province text
);
