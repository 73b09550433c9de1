-- When a platform wants an order to have left; the work is sorted by it.
ALTER TABLE orders ADD COLUMN ship_by timestamptz;
CREATE INDEX orders_ship_by ON orders (ship_by) WHERE ship_by IS NOT NULL AND phase = 'confirmed';
