import Postgres
import Testing

@Suite("Prepared statements")
struct PreparedStatementTests {
    /// Two literals with one text: only the text can tell that they are one statement.
    private static let sql: StaticString =
        "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT 7%'"

    private static func number(_ number: Int64) -> Parameters {
        parameters { $0.append(number) }
    }

    @Test func aStatementIsPreparedOnce() throws {
        try TestSchema.with { _, connection in
            for number in 0..<5 as Range<Int64> {
                let row = try connection.query("SELECT 7 + $1", Self.number(number))[0]
                #expect(row.int64(0) == 7 + number)
            }
            #expect(try connection.query(Self.sql)[0].int64(0) == 1)
        }
    }

    @Test func aPreparationOutlivesTheAbortOfItsPipeline() throws {
        try TestSchema.with { _, connection in
            let error = try postgresError {
                try connection.transaction { transaction in
                    _ = try transaction.query("SELECT 7 + $1", Self.number(1))
                    try transaction.run("SELECT 1 / 0")
                }
            }
            #expect(error.sqlState == "22012")
            #expect(try connection.query("SELECT 7 + $1", Self.number(1))[0].int64(0) == 8)
            #expect(try connection.query(Self.sql)[0].int64(0) == 1)
        }
    }

    @Test func aPreparationThatWasSkippedIsMadeLater() throws {
        try TestSchema.with { _, connection in
            for _ in 0..<2 {
                let error = try postgresError {
                    try connection.transaction { transaction in
                        try transaction.run("SELECT 1 / 0")
                        _ = try transaction.query("SELECT 7 + $1", Self.number(1))
                    }
                }
                #expect(error.sqlState == "22012")
            }
            #expect(try connection.query("SELECT 7 + $1", Self.number(1))[0].int64(0) == 8)
        }
    }

    @Test func aPreparationThatFailedIsTriedAgain() throws {
        try TestSchema.with { _, connection in
            let select: StaticString = "SELECT number FROM late"
            #expect(try postgresError { try connection.query(select) }.sqlState == "42P01")
            try connection.run(script: "CREATE TABLE late (number int8); INSERT INTO late VALUES (3)")
            #expect(try connection.query(select)[0].int64(0) == 3)
        }
    }

    @Test func aPlanThatATableChangeOutdatedIsRetriableAndMadeAnew() throws {
        try TestSchema.with("CREATE TABLE wide (number int8); INSERT INTO wide VALUES (3)") { _, connection in
            let select: StaticString = "SELECT * FROM wide"
            #expect(try connection.query(select)[0].int64(0) == 3)
            try connection.run(script: "ALTER TABLE wide ADD COLUMN name text DEFAULT 'new'")
            let error = try postgresError { try connection.query(select) }
            #expect(error.isRetriable)
            #expect(try connection.query(select)[0].text(1) == "new")
        }
    }
}
