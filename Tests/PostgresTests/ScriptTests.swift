import Postgres
import Testing

@Suite("Scripts")
struct ScriptTests {
    @Test func allStatementsRunInOneTransaction() throws {
        try TestSchema.with { _, connection in
            let error = try postgresError {
                try connection.run(
                    script: "CREATE TABLE first (number int8); SELECT 1 / 0; CREATE TABLE second (number int8);")
            }
            #expect(error.sqlState == "22012")
            #expect(try connection.query("SELECT to_regclass('first') IS NULL")[0].bool(0))
            #expect(try connection.query("SELECT to_regclass('second') IS NULL")[0].bool(0))
        }
    }

    @Test func aScriptMayHoldItsOwnTransactionAndNotices() throws {
        try TestSchema.with { _, connection in
            try connection.run(script: "BEGIN; CREATE TABLE IF NOT EXISTS first (number int8); COMMIT;")
            try connection.run(script: "CREATE TABLE IF NOT EXISTS first (number int8)")
            try connection.run(script: "")
            #expect(try connection.query("SELECT to_regclass('first') IS NOT NULL")[0].bool(0))
        }
    }

    @Test(arguments: ["BEGIN", "BEGIN; SELECT 1 / 0"])
    func aScriptThatLeavesATransactionOpenFailsAndIsRolledBack(script: String) throws {
        try TestSchema.with { schema, connection in
            let other = try schema.connect()
            let error = try postgresError { try other.run(script: "CREATE TABLE first (number int8); \(script)") }
            #expect(error.isConnectionLost || error.sqlState == "22012")
            #expect(!other.isAlive)
            try waitUntil { try connection.query("SELECT to_regclass('first') IS NULL")[0].bool(0) }
        }
    }

    @Test func copyIsRefused() throws {
        try TestSchema.with { schema, _ in
            let other = try schema.connect()
            #expect(throws: PostgresError.self) { try other.run(script: "COPY (SELECT 1) TO STDOUT") }
        }
    }

    @Test func aZeroCharacterCutsNothingOff() throws {
        try TestSchema.with { _, connection in
            let error = try postgresError {
                try connection.run(script: "SELECT 1; \u{0} CREATE TABLE lost (number int8)")
            }
            #expect(error.sqlState == "22021")
        }
    }
}
