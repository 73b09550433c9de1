import Postgres
import Testing

@Suite("Errors and what they ask for")
struct ErrorTests {
    @Test(arguments: [
        ("40001", true, false), ("40P01", true, false), ("08006", true, false), ("53300", true, false),
        ("57P01", true, false), ("57014", false, false), ("40002", false, false), ("22021", false, true),
        ("23505", false, true), ("42601", false, false), ("25P02", false, false),
    ])
    func theSqlStateDecides(sqlState: String, isRetriable: Bool, isDataError: Bool) {
        let error = PostgresError(sqlState: sqlState, message: "")
        #expect(error.isRetriable == isRetriable)
        #expect(error.isDataError == isDataError)
    }

    @Test func aLostConnectionIsRetriable() {
        #expect(PostgresError(message: "", isConnectionLost: true).isRetriable)
        #expect(!PostgresError(message: "").isRetriable)
    }

    @Test func uniqueViolationNamesTheConstraintAndNoValue() throws {
        try TestSchema.with("CREATE TABLE members (phone text CONSTRAINT one_phone UNIQUE)") { _, connection in
            let insert = parameters { $0.append("13800138000") }
            try connection.query("INSERT INTO members VALUES ($1)", insert)
            let error = try postgresError { try connection.query("INSERT INTO members VALUES ($1)", insert) }
            #expect(error.sqlState == "23505")
            #expect(error.isDataError)
            #expect(!error.isRetriable)
            #expect(error.constraint == "one_phone")
            #expect(error.table == "members")
            #expect(!error.description.contains("13800138000"))
            #expect(error.description.contains("one_phone"))
        }
    }

    @Test func notNullViolationNamesTheColumnAndNoValue() throws {
        try TestSchema.with("CREATE TABLE members (name text, phone text NOT NULL)") { _, connection in
            let error = try postgresError {
                try connection.query("INSERT INTO members VALUES ($1, NULL)", parameters { $0.append("张三") })
            }
            #expect(error.sqlState == "23502")
            #expect(error.column == "phone")
            #expect(!"\(error)".contains("张三"))
        }
    }

    @Test(arguments: ["13800138000x", "138\"001\"38000x"])
    func aRefusedValueIsCutOutOfTheMessage(text: String) throws {
        try TestSchema.with { _, connection in
            let error = try postgresError { try connection.query("SELECT $1::int8", parameters { $0.append(text) }) }
            #expect(error.sqlState == "22P02")
            #expect(error.message == "invalid input syntax for type bigint: …")
        }
    }

    @Test func wrongSqlIsNeitherRetriableNorADataError() throws {
        try TestSchema.with { _, connection in
            let error = try postgresError { try connection.query("SELECT nothing FROM nowhere") }
            #expect(error.sqlState == "42P01")
            #expect(!error.isRetriable)
            #expect(!error.isDataError)
            #expect(!error.isConnectionLost)
            #expect(connection.isAlive)
        }
    }

    @Test func anUnreadableUrlIsNotRetriableAndNotQuoted() throws {
        let error = try postgresError { _ = try Connection("postgres:/user:secret@host") }
        #expect(!error.isRetriable)
        #expect(!error.description.contains("secret"))
    }

    @Test func noServerIsALostConnection() throws {
        let error = try postgresError { _ = try Connection("postgres://user:secret@127.0.0.1:1/none") }
        #expect(error.isConnectionLost)
        #expect(!error.description.contains("secret"))
    }
}
