import Postgres
import Testing

@Suite("Lost connections")
struct LostConnectionTests {
    private static func terminate(_ processID: Int32, with connection: Connection) throws {
        let isGone = try connection.query(
            "SELECT pg_terminate_backend($1, 10000)", parameters { $0.append(processID) })[0].bool(0)
        #expect(isGone)
    }

    @Test func aTerminatedSessionIsLostAndStaysUnusable() throws {
        try TestSchema.with { schema, connection in
            let victim = try schema.connect()
            try Self.terminate(victim.backendProcessID, with: connection)
            for _ in 0..<2 {
                let error = try postgresError { try victim.query("SELECT 1") }
                #expect(error.isConnectionLost)
                #expect(error.isRetriable)
                #expect(!victim.isAlive)
            }
            #expect(try postgresError { _ = try victim.transaction { try $0.query("SELECT 1") } }.isConnectionLost)
            #expect(try postgresError { try victim.run(script: "SELECT 1") }.isConnectionLost)
            #expect(try postgresError { _ = try victim.wait(forNotification: 0) }.isConnectionLost)
        }
    }

    @Test func aSessionTerminatedInATransactionIsLost() throws {
        try TestSchema.with("CREATE TABLE numbers (number int8)") { schema, connection in
            let victim = try schema.connect()
            let error = try postgresError {
                try victim.transaction { transaction in
                    _ = try transaction.query("INSERT INTO numbers VALUES (1)")
                    try Self.terminate(victim.backendProcessID, with: connection)
                    _ = try transaction.query("SELECT 1")
                }
            }
            #expect(error.isConnectionLost)
            #expect(!error.outcomeUnknown, "COMMIT was never sent")
            #expect(!victim.isAlive)
            #expect(try connection.query("SELECT 1 FROM numbers").isEmpty)
        }
    }

    @Test func aStatementThatEndsItsOwnSessionWasNotCommitted() throws {
        try TestSchema.with { schema, connection in
            let victim = try schema.connect()
            let error = try postgresError {
                try victim.transaction { try $0.run("SELECT pg_terminate_backend(pg_backend_pid())") }
            }
            #expect(error.sqlState == "57P01")
            #expect(error.isConnectionLost)
            #expect(!error.outcomeUnknown, "the server's last word came before COMMIT")
        }
    }

    @Test func aSessionThatEndsInCommitLeavesTheOutcomeUnknown() throws {
        try TestSchema.with(Self.deadlyCommit) { schema, connection in
            let victim = try schema.connect()
            let error = try postgresError {
                try victim.transaction { try $0.run("INSERT INTO numbers VALUES (1)") }
            }
            #expect(error.isConnectionLost)
            #expect(error.outcomeUnknown)
        }
    }

    @Test func aSingleStatementWhoseSessionEndsInItsCommitLeavesTheOutcomeUnknown() throws {
        try TestSchema.with(Self.deadlyCommit) { schema, connection in
            let victim = try schema.connect()
            let error = try postgresError { try victim.query("INSERT INTO numbers VALUES (1)") }
            #expect(error.isConnectionLost)
            #expect(error.outcomeUnknown)
        }
    }

    private static let deadlyCommit = """
        CREATE TABLE numbers (number int8);
        CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER deadly AFTER INSERT ON numbers DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION die();
        """

    @Test func aServerThatStaysSilentTooLongIsLost() throws {
        try TestSchema.with("CREATE TABLE numbers (number int8); INSERT INTO numbers VALUES (1)") {
            schema, connection in
            let waiter = try schema.connect(answerTimeoutMilliseconds: 50)
            try connection.transaction { holder in
                _ = try holder.query("SELECT number FROM numbers FOR UPDATE")
                let error = try postgresError { try waiter.query("SELECT number FROM numbers FOR UPDATE") }
                #expect(error.isConnectionLost)
                #expect(!waiter.isAlive)
            }
        }
    }

    @Test func aClosedConnectionRefusesEveryCall() throws {
        try TestSchema.with { schema, _ in
            let closed = try schema.connect()
            closed.close()
            closed.close()
            #expect(!closed.isAlive)
            #expect(try postgresError { try closed.query("SELECT 1") }.isConnectionLost)
            #expect(try closed.transaction { _ in 1 } == 1, "nothing was asked of it")
        }
    }
}
