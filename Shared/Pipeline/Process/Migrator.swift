import Foundation
import Logging
public import Postgres

/// One forward-only step of a schema.
public struct Migration: Sendable {
    public let name: String
    public let script: String

    /// - Parameter bytes: The embedded file of `Schema/`.
    public init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        script = String(decoding: bytes, as: UTF8.self)
    }
}

/// Brings a service's schema to its newest version, and gives the service's role rights on it alone.
///
/// - Source: DESIGN section 1, `<S>/Schema`; PostgreSQL, "Schemas", "Secure schema usage".
public struct Migrator {
    private let connection: Connection
    private let logger = Logger(label: "migrator")

    /// - Parameter administratorURL: May create roles and schemas.
    public init(administratorURL: String) throws(PostgresError) {
        connection = try Connection(administratorURL, parameters: ["application_name": "migrate"])
    }

    /// Creates role and schema if missing, applies what is new; answers the names of the steps applied.
    ///
    /// - Parameters:
    ///   - schema: A name of ours, `after_sales`; it is put into statements as it is.
    ///   - password: The role's from now on; `nil` leaves it as it is.
    public func migrate(schema: String, role: String, password: String?, _ migrations: [Migration]) throws -> [String] {
        precondition((schema + role).allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }, "name \(schema), \(role)")
        try connection.run(script: Self.preparation(schema, role, password))
        var parameters = Parameters()
        parameters.append(schema)
        try connection.query("SELECT set_config('search_path', $1, false)", parameters)
        let applied = Set(try connection.query("SELECT name FROM migrations").map { $0.text(0) })
        var names: [String] = []
        for migration in Self.pipeline + migrations where !applied.contains(migration.name) {
            let record = "INSERT INTO migrations (name) VALUES ('\(migration.name)');"
            try connection.run(script: "BEGIN;\n\(migration.script)\n;\(record)\nCOMMIT;")
            names.append(migration.name)
            logger.info("migration applied", metadata: ["schema": "\(schema)", "migration": "\(migration.name)"])
        }
        try connection.run(script: Self.rights(schema, role))
        // Not in the script above: that commits only at its end, and the next migrator must see what it did.
        try connection.run(script: "SELECT pg_advisory_unlock(hashtext('tributary.migrate'))")
        return names
    }

    public func close() { connection.close() }

    private static var pipeline: [Migration] {
        [
            Migration("V001_pipeline", PackageResources.V001_pipeline_sql),
            Migration("V002_pipeline_retention", PackageResources.V002_pipeline_retention_sql),
            Migration("V003_pipeline_skipping", PackageResources.V003_pipeline_skipping_sql),
            Migration("V004_pipeline_blocked_keys", PackageResources.V004_pipeline_blocked_keys_sql),
        ]
    }

    private static func preparation(_ schema: String, _ role: String, _ password: String?) -> String {
        let secret =
            password.map { "ALTER ROLE \(role) PASSWORD '\($0.replacingOccurrences(of: "'", with: "''"))';" } ?? ""
        return """
            SELECT pg_advisory_lock(hashtext('tributary.migrate'));
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(role)') THEN
                    CREATE ROLE \(role) LOGIN;
                END IF;
            END $$;
            \(secret)
            CREATE SCHEMA IF NOT EXISTS \(schema);
            CREATE TABLE IF NOT EXISTS \(schema).migrations (
                name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
            """
    }

    /// The role reads and writes its own schema, makes and drops its day partitions by functions of the administrator,
    /// and sees no other schema.
    private static func rights(_ schema: String, _ role: String) -> String {
        """
        ALTER ROLE \(role) SET search_path = \(schema);
        GRANT USAGE ON SCHEMA \(schema) TO \(role);
        DO $$ DECLARE relation record; BEGIN
            FOR relation IN SELECT c.oid::regclass AS name, c.relkind FROM pg_class c
                WHERE c.relnamespace = '\(schema)'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'S')
            LOOP
                IF relation.relkind = 'S' THEN
                    EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO \(role)', relation.name);
                ELSIF relation.relkind = 'v' THEN
                    EXECUTE format('GRANT SELECT ON %s TO \(role)', relation.name);
                ELSE
                    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO \(role)', relation.name);
                END IF;
            END LOOP;
        END $$;
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
        ALTER FUNCTION \(schema).ensure_partitions() SECURITY DEFINER SET search_path = \(schema), pg_temp;
        ALTER FUNCTION \(schema).drop_partitions(integer) SECURITY DEFINER SET search_path = \(schema), pg_temp;
        SELECT \(schema).ensure_partitions();
        """
    }
}
