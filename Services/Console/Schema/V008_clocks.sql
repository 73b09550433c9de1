-- What somebody has done to a case's clock; all null while it runs by its rule. It counts until the case's next step.
ALTER TABLE cases
    ADD COLUMN clock_due timestamptz,
    -- How many milliseconds it has left while it stands still.
    ADD COLUMN clock_rest bigint CHECK (clock_rest >= 0),
    ADD COLUMN clock_reason text,
    ADD COLUMN clock_by text,
    ADD COLUMN clock_changed_at timestamptz;
