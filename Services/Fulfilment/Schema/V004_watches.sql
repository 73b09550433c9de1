-- Which parcels a provider of tracking watches, was asked for, or has refused.
CREATE TABLE watches (
    shipment_id text PRIMARY KEY REFERENCES shipments,
    provider text NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'watched', 'refused')),
    attempts bigint NOT NULL CHECK (attempts > 0),
    -- While waiting: when to ask (again); a claim puts it off.
    next_at timestamptz NOT NULL,
    reason text,
    changed_at timestamptz NOT NULL
);
CREATE INDEX shipments_under_way ON shipments (dispatched_at) WHERE state IN ('dispatched', 'in-transit', 'exception');
