-- Who may see and do what, how they sign in, and what they did.

CREATE TABLE users (
    user_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- In lower case; commands and the audit log name the user by it.
    name text NOT NULL UNIQUE CHECK (name = lower(name) AND length(name) BETWEEN 2 AND 64),
    display_name text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 100),
    -- `scrypt$<log2 n>$<r>$<p>$<salt>$<hash>`, the last two in base64.
    password_hash text NOT NULL,
    must_change_password boolean NOT NULL DEFAULT false,
    scope_kind text NOT NULL CHECK (scope_kind IN ('all', 'channels', 'warehouses', 'downline', 'own')),
    scope_values text[] NOT NULL DEFAULT '{}',
    language text CHECK (language IN ('zh', 'en')),
    theme text CHECK (theme IN ('auto', 'light', 'dark')),
    factor_secret bytea,
    -- Nil while a second factor is being set up.
    factor_confirmed_at timestamptz,
    -- A code counts once.
    factor_last_step bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz,
    CHECK ((scope_kind = 'all') = (cardinality(scope_values) = 0)),
    CHECK (factor_confirmed_at IS NULL OR factor_secret IS NOT NULL)
);

-- Roles that the mall has made itself; the ready ones come with the program.
CREATE TABLE roles (
    role text PRIMARY KEY CHECK (role ~ '^[a-z][a-z0-9-]{0,39}$'),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    permissions text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE user_roles (
    user_id bigint NOT NULL REFERENCES users,
    -- Of a ready role or of `roles`.
    role text NOT NULL,
    PRIMARY KEY (user_id, role)
);
CREATE INDEX user_roles_role ON user_roles (role);

CREATE TABLE recovery_codes (
    user_id bigint NOT NULL REFERENCES users,
    code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
    PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE sessions (
    session_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- SHA-256 of the token, which is nowhere but in the browser.
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_id bigint NOT NULL REFERENCES users,
    -- The password was right, the second factor is still to come.
    needs_factor boolean NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    address text NOT NULL,
    agent text NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_end ON sessions (ends_at);

CREATE TABLE api_tokens (
    token_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_id bigint NOT NULL REFERENCES users,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    permissions text[] NOT NULL,
    created_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_tokens_user ON api_tokens (user_id);

-- Tries to sign in, of a name and of an address; those that were right are taken back.
CREATE TABLE login_tries (
    -- SHA-256: people type passwords into the field of the name.
    door_hash bytea PRIMARY KEY CHECK (length(door_hash) = 32),
    tries integer NOT NULL CHECK (tries >= 0),
    tried_at timestamptz NOT NULL,
    locked_until timestamptz
);
CREATE INDEX login_tries_age ON login_tries (tried_at);

CREATE TABLE audit_log (
    audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Nil for somebody who is not known.
    user_id bigint,
    actor text NOT NULL,
    address text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    before json,
    after json,
    outcome text NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
    reason text
);
CREATE INDEX audit_log_actor ON audit_log (actor, audit_id);
CREATE INDEX audit_log_subject ON audit_log (subject, audit_id);
CREATE INDEX audit_log_action ON audit_log (action, audit_id);
CREATE INDEX audit_log_at ON audit_log (at);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_append_only', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
