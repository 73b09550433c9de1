import Foundation
public import Pipeline
public import Postgres

/// A schema and a role of one test in the PostgreSQL of the environment, made by the migrator, dropped at its end.
public final class TestDatabase: Sendable {
    struct Missing: Error, CustomStringConvertible {
        let description = "DATABASE_URL is not set: this test needs a PostgreSQL, it is never skipped"
    }

    public let administratorURL: String
    /// Both the schema's and the role's name.
    public let name: String
    /// Of the role that the schema belongs to.
    public let url: String

    /// - Parameter migrations: Of the service, after the pipeline's own.
    public init(_ migrations: [Migration]) throws {
        guard let administratorURL = ProcessInfo.processInfo.environment["DATABASE_URL"] else { throw Missing() }
        self.administratorURL = administratorURL
        name = "test_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        guard var components = URLComponents(string: administratorURL) else { throw Missing() }
        components.user = name
        components.password = "test"
        guard let url = components.string else { throw Missing() }
        self.url = url
        let migrator = try Migrator(administratorURL: administratorURL)
        defer { migrator.close() }
        _ = try migrator.migrate(schema: name, role: name, password: "test", migrations)
        // No test pulls the plug on the server, so none need wait for its disk.
        let administrator = try Connection(administratorURL)
        defer { administrator.close() }
        try administrator.run(script: "ALTER ROLE \(name) SET synchronous_commit = off")
    }

    /// Runs a test in a database of its own.
    public static func with<Result>(
        _ migrations: [Migration] = [TrivialTables.migration], _ body: (TestDatabase) throws -> Result
    ) throws -> Result {
        let database = try TestDatabase(migrations)
        defer { database.drop() }
        return try body(database)
    }

    /// A connection of the service's role.
    public func connect() throws -> Connection {
        try Connection(url, parameters: ["application_name": "\(name) test", "options": "-c lock_timeout=20s"])
    }

    /// Takes every row out of every table and lets numbers begin anew, so that the schema can serve again.
    public func empty() throws {
        let administrator = try Connection(administratorURL)
        defer { administrator.close() }
        try administrator.run(
            script: """
                SET session_replication_role = replica;
                DO $$ DECLARE relation regclass; BEGIN
                    FOR relation IN SELECT c.oid FROM pg_class c
                        WHERE c.relnamespace = '\(name)'::regnamespace AND c.relkind IN ('r', 'p')
                          AND NOT c.relispartition AND c.relname <> 'migrations'
                    LOOP
                        EXECUTE 'DELETE FROM ' || relation;
                    END LOOP;
                    PERFORM setval(oid, 1, false) FROM pg_class
                        WHERE relnamespace = '\(name)'::regnamespace AND relkind = 'S';
                END $$
                """)
    }

    public func drop() {
        do {
            let administrator = try Connection(administratorURL)
            // The same lock as the migrator's: roles and rights are rows that all tests change.
            try administrator.run(
                script: """
                    SELECT pg_advisory_lock(hashtext('tributary.migrate'));
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '\(name)';
                    DROP SCHEMA \(name) CASCADE;
                    DROP OWNED BY \(name);
                    DROP ROLE \(name);
                    SELECT pg_advisory_unlock(hashtext('tributary.migrate'));
                    """)
            administrator.close()
        } catch {
            fatalError("the schema \(name) stays behind: \(error)")
        }
    }
}
