-- Numbers that a label provider was asked for: the outside calls of decisions.
CREATE TABLE label_calls (
    call_id text PRIMARY KEY,
    order_id text NOT NULL REFERENCES orders,
    shipment_id text NOT NULL REFERENCES shipments,
    carrier text NOT NULL,
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    wanted_at timestamptz NOT NULL,
    leaves_at_once boolean NOT NULL,
    waybill text,
    state text NOT NULL CHECK (state IN ('wanted', 'given', 'refused', 'voiding', 'voided', 'kept')),
    CHECK (state <> 'given' OR waybill IS NOT NULL)
);
CREATE INDEX label_calls_order ON label_calls (order_id);
CREATE INDEX label_calls_open ON label_calls (wanted_at) WHERE state IN ('wanted', 'voiding');
ALTER TABLE shipments ADD COLUMN call_id text;

-- How far the caller has come with each call; its own rows.
CREATE TABLE label_attempts (
    call_id text PRIMARY KEY REFERENCES label_calls,
    attempts bigint NOT NULL CHECK (attempts > 0),
    -- When to call (again); a claim puts it off.
    next_at timestamptz NOT NULL,
    -- Of the state that was answered last, so that each is answered once.
    answered text,
    -- The carrier's own name of the order; some want it for a cancellation.
    carrier_order text,
    -- What is to be printed, sealed under the buyer's key.
    document text,
    reason text,
    changed_at timestamptz NOT NULL
);

-- Who receives: personal data, sealed as intake told it.
CREATE TABLE parties (
    order_id text PRIMARY KEY,
    buyer_id text NOT NULL,
    sealed text NOT NULL
);
CREATE TABLE buyer_keys (
    buyer_id text PRIMARY KEY,
    master_key_id text NOT NULL,
    wrapped text NOT NULL
);

ALTER TABLE orders ADD COLUMN external_order_id text;
-- From whom carriers fetch parcels.
ALTER TABLE warehouses ADD COLUMN city text, ADD COLUMN contact bytea;
