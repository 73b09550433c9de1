-- Shipments packed together: they share a parcel and its label; the one that leads it names the others.
ALTER TABLE shipments ADD COLUMN companions text, DROP CONSTRAINT shipments_waybill;
CREATE UNIQUE INDEX shipments_waybill ON shipments (carrier, waybill) WHERE parcel_id = shipment_id;
CREATE INDEX shipments_waybill_all ON shipments (carrier, waybill);
ALTER TABLE scans DROP CONSTRAINT scans_pkey, ADD PRIMARY KEY (shipment_id, status, occurred_at);
DROP INDEX scans_shipment;

-- Whose an order is, and where it goes, as intake's fingerprint tells it.
ALTER TABLE orders ADD COLUMN buyer_id text, ADD COLUMN address_fingerprint text;
