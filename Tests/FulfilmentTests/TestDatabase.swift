import Foundation
import Pipeline
import Postgres

@testable import Fulfilment

/// Fulfilment's schema for one test, made by its migrations and dropped afterwards, with its role.
final class TestDatabase {
    struct Missing: Error, CustomStringConvertible {
        let description = "DATABASE_URL is not set: these tests need a PostgreSQL, they are never skipped"
    }

    private let administratorURL: String
    private let schema: String
    /// Of an administrator who works in the schema.
    let url: String

    private init() throws {
        guard let url = ProcessInfo.processInfo.environment["DATABASE_URL"] else { throw Missing() }
        administratorURL = url
        schema = "fulfilment_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        self.url = url + (url.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)"
    }

    static func with(_ body: (TestDatabase) throws -> Void) throws {
        let database = try TestDatabase()
        let migrator = try Migrator(administratorURL: database.administratorURL)
        _ = try migrator.migrate(
            schema: database.schema, role: database.schema, password: nil, Fulfilment.Main.migrations)
        migrator.close()
        defer { database.drop() }
        try body(database)
    }

    func connect() throws -> Connection { try Connection(url) }

    private func drop() {
        do {
            let owner = try Connection(administratorURL)
            try owner.run(
                script: "DROP SCHEMA \(schema) CASCADE; DROP OWNED BY \(schema); DROP ROLE \(schema);")
            owner.close()
        } catch {
            fatalError("schema \(schema) stays behind: \(error)")
        }
    }
}
