import Postgres
import Testing

@Suite("Transactions in one pipeline")
struct TransactionTests {
    private static let table = "CREATE TABLE numbers (number int8 PRIMARY KEY DEFERRABLE INITIALLY IMMEDIATE)"

    private static func insert(_ number: Int64) -> Parameters {
        parameters { $0.append(number) }
    }

    private static func numbers(_ connection: Connection) throws -> [Int64] {
        try connection.query("SELECT number FROM numbers ORDER BY number").map { $0.int64(0) }
    }

    @Test func queuedWritesAreSeenByALaterQueryAndAfterCommit() throws {
        try TestSchema.with(Self.table) { schema, connection in
            let seen = try connection.transaction { transaction in
                try transaction.run("INSERT INTO numbers VALUES ($1)", Self.insert(1))
                try transaction.run("INSERT INTO numbers VALUES ($1)", Self.insert(2))
                return try transaction.query("SELECT count(*) FROM numbers")[0].int64(0)
            }
            #expect(seen == 2)
            #expect(try Self.numbers(schema.connect()) == [1, 2])
        }
    }

    @Test func severalQueriesAnswerInTheirOrder() throws {
        try TestSchema.with(Self.table) { _, connection in
            let rows = try connection.transaction { transaction in
                try transaction.run("INSERT INTO numbers VALUES (9)")
                return try transaction.queries([
                    ("SELECT 'first'", Parameters()), ("SELECT $1", Self.insert(2)),
                    ("SELECT number FROM numbers", Parameters()),
                ])
            }
            #expect(rows[0][0].text(0) == "first")
            #expect(rows[1][0].int64(0) == 2)
            #expect(rows[2][0].int64(0) == 9)
            #expect(try connection.transaction { try $0.queries([]) }.isEmpty)
        }
    }

    @Test func aTransactionWithoutStatementsDoesNothing() throws {
        try TestSchema.with { _, connection in
            let result = try connection.transaction { _ in 5 }
            #expect(result == 5)
            #expect(try connection.query("SELECT 1").count == 1)
        }
    }

    @Test func theStatementsOfABodyShareOneTransaction() throws {
        try TestSchema.with { _, connection in
            let identifiers = try connection.transaction { transaction in
                [
                    try transaction.query("SELECT pg_current_xact_id()::text")[0].text(0),
                    try transaction.query("SELECT pg_current_xact_id()::text")[0].text(0),
                ]
            }
            #expect(identifiers[0] == identifiers[1])
        }
    }

    @Test func anErrorInTheMiddleRollsAllBackAndTheConnectionGoesOn() throws {
        try TestSchema.with(Self.table) { _, connection in
            let error = try postgresError {
                try connection.transaction { transaction in
                    try transaction.run("INSERT INTO numbers VALUES ($1)", Self.insert(1))
                    try transaction.run("INSERT INTO numbers VALUES ($1)", Self.insert(1))
                    try transaction.run("INSERT INTO numbers VALUES ($1)", Self.insert(2))
                    _ = try transaction.query("SELECT 1")
                    Issue.record("the query must throw the queued write's error")
                }
            }
            #expect(error.sqlState == "23505")
            #expect(try Self.numbers(connection).isEmpty)
            try connection.transaction { try $0.run("INSERT INTO numbers VALUES ($1)", Self.insert(3)) }
            #expect(try Self.numbers(connection) == [3])
        }
    }

    @Test func aQueuedWritesErrorSurfacesAtCommit() throws {
        try TestSchema.with(Self.table) { _, connection in
            let error = try postgresError {
                try connection.transaction { transaction in
                    try transaction.run("INSERT INTO numbers VALUES (1)")
                    try transaction.run("INSERT INTO numbers VALUES (1)")
                    try transaction.run("INSERT INTO nowhere VALUES (1)")
                }
            }
            #expect(error.sqlState == "23505", "the first error, not a later one")
            #expect(!error.outcomeUnknown)
            #expect(try Self.numbers(connection).isEmpty)
        }
    }

    @Test func anErrorThatTheBodySwallowsIsThrownAllTheSame() throws {
        try TestSchema.with(Self.table) { _, connection in
            let error = try postgresError {
                try connection.transaction { transaction in
                    try transaction.run("INSERT INTO numbers VALUES (1)")
                    _ = try? transaction.query("SELECT 1 / 0")
                    let again = try postgresError { try transaction.run("INSERT INTO numbers VALUES (2)") }
                    #expect(again.sqlState == "22012")
                }
            }
            #expect(error.sqlState == "22012")
            #expect(try Self.numbers(connection).isEmpty)
        }
    }

    private struct OwnError: Error, Equatable {}

    @Test(arguments: [false, true])
    func theBodysOwnErrorRollsBack(afterAFailedWrite: Bool) throws {
        try TestSchema.with(Self.table) { _, connection in
            #expect(throws: OwnError()) {
                try connection.transaction { transaction in
                    try transaction.run("INSERT INTO numbers VALUES (1)")
                    if afterAFailedWrite { try transaction.run("INSERT INTO numbers VALUES (1)") }
                    throw OwnError()
                }
            }
            let numbers = try Self.numbers(connection)
            #expect(numbers.isEmpty)
        }
    }

    @Test func aDeferredConstraintFailsAtCommit() throws {
        try TestSchema.with(Self.table) { _, connection in
            let error = try postgresError {
                try connection.transaction { transaction in
                    try transaction.run("SET CONSTRAINTS ALL DEFERRED")
                    try transaction.run("INSERT INTO numbers VALUES (1), (1)")
                    #expect(try transaction.query("SELECT count(*) FROM numbers")[0].int64(0) == 2)
                }
            }
            #expect(error.sqlState == "23505")
            #expect(!error.outcomeUnknown)
            #expect(try Self.numbers(connection).isEmpty)
        }
    }

    @Test func aDeferredConstraintFailsASingleStatement() throws {
        try TestSchema.with("CREATE TABLE numbers (number int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)") {
            _, connection in
            let error = try postgresError { try connection.query("INSERT INTO numbers VALUES (1), (1)") }
            #expect(error.sqlState == "23505")
            #expect(try Self.numbers(connection).isEmpty)
        }
    }

    @Test func aSingleStatementIsCommitted() throws {
        try TestSchema.with(Self.table) { schema, connection in
            try connection.query("INSERT INTO numbers VALUES ($1)", Self.insert(4))
            #expect(try Self.numbers(schema.connect()) == [4])
        }
    }
}
