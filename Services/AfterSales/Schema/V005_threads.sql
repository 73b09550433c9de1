-- What is written about cases: personal data, forgotten with the buyer.
CREATE TABLE case_messages (
    order_id text NOT NULL REFERENCES accounts,
    number integer NOT NULL,
    case_id text NOT NULL REFERENCES cases (case_id),
    case_message bigint NOT NULL CHECK (case_message > 0),
    author text NOT NULL CHECK (author IN ('buyer', 'merchant', 'platform')),
    message_id text NOT NULL,
    actor text,
    body text,
    -- JSON: `{"attachments": [ … ]}`.
    attachments bytea,
    at timestamptz NOT NULL,
    PRIMARY KEY (order_id, number),
    UNIQUE (case_id, case_message),
    UNIQUE (case_id, message_id)
);

-- What distributors earn on each order, for previews.
CREATE TABLE earnings (
    order_id text PRIMARY KEY,
    legs bytea NOT NULL
);

ALTER TABLE cases
    -- What the buyer says to have paid for sending goods back.
    ADD COLUMN freight_claim bigint NOT NULL DEFAULT 0 CHECK (freight_claim >= 0),
    -- How many milliseconds its clock has left while it stands still.
    ADD COLUMN paused_rest bigint CHECK (paused_rest >= 0),
    ADD CONSTRAINT cases_paused CHECK (paused_rest IS NULL OR due_at IS NULL);
