-- The wave in which the warehouse has a shipment in hand.
ALTER TABLE shipments ADD COLUMN wave_id text;
CREATE INDEX shipments_wave ON shipments (wave_id) WHERE wave_id IS NOT NULL;
