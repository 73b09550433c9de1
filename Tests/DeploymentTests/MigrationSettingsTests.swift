import Foundation
import Pipeline
import Testing

@Suite("Settings of a migration")
struct MigrationSettingsTests {
    private static let url = ["MIGRATION_DATABASE_URL": "postgresql://"]

    @Test func ownPasswordGoesBeforeTheGeneralOne() {
        let both = ["AFTER_SALES_PASSWORD": "own", "SERVICE_PASSWORD": "general"]
        #expect(Self.password(both) == "own")
        #expect(Self.password(["SERVICE_PASSWORD": "general"]) == "general")
        #expect(Self.password(["INTAKE_PASSWORD": "another's"]) == nil)
    }

    @Test func passwordComesFromItsFile() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "password-\(UUID().uuidString)")
        try "from the file\n".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }  // A temporary file left behind hurts nobody.
        #expect(Self.password(["AFTER_SALES_PASSWORD_FILE": file.path]) == "from the file")
    }

    @Test func unreadableFileIsADefect() {
        var reader = SettingsReader(Self.url.merging(["AFTER_SALES_PASSWORD_FILE": "/nowhere"]) { $1 })
        #expect(MigrationSettings(&reader, service: "after-sales") == nil)
        #expect(reader.defects == ["AFTER_SALES_PASSWORD_FILE: names a file that cannot be read: /nowhere"])
    }

    private static func password(_ environment: [String: String]) -> String? {
        var reader = SettingsReader(url.merging(environment) { $1 })
        return MigrationSettings(&reader, service: "after-sales")?.password
    }
}
