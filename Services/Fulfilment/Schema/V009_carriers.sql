-- What carriers take and promise by the catalogue: of each all versions with the moments from which they hold (JSON).
CREATE TABLE carriers (
    carrier text PRIMARY KEY,
    history bytea NOT NULL
);
