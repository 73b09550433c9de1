-- What items want of their parcels, as the catalogue says it (JSON).
ALTER TABLE items ADD COLUMN packing bytea;

-- How long parcels have taken, by what has arrived lately.
CREATE TABLE transit_times (
    carrier text NOT NULL,
    warehouse text NOT NULL,
    -- Empty: to anywhere.
    province text NOT NULL,
    -- Half of them, and eight of ten, arrived within so many hours.
    median_hours bigint NOT NULL CHECK (median_hours >= 0),
    usual_hours bigint NOT NULL CHECK (usual_hours >= median_hours),
    parcels bigint NOT NULL CHECK (parcels > 0),
    PRIMARY KEY (carrier, warehouse, province)
);
CREATE INDEX shipments_delivered ON shipments (delivered_at) WHERE delivered_at IS NOT NULL;

-- The warehouse that an order's stock is being moved to, and by which wish.
ALTER TABLE orders ADD COLUMN move_id text, ADD COLUMN move_to text,
    ADD CONSTRAINT orders_move CHECK ((move_id IS NULL) = (move_to IS NULL));
