import Contracts
import Postgres
import Testing

@testable import Ops

@Suite("Keys that a refused fact has stopped")
struct StoppedKeyTests {
    @Test func areListedSkippedOnceAndExplainedByTheAudit() throws {
        try MigratedDatabase.with { connection in
            try connection.run(script: Self.stopped)
            let administrator = try Administrator(OpsEnvironment(["DATABASE_URL": Self.url(connection)], runFile: ""))
            let listed = try StoppedKey.list("intake", administrator)
            #expect(listed.map(\.eventID) == ["intake.orders.v1/O/2"])
            #expect(listed.first?.reason == "MSG_SIZE_TOO_LARGE")
            #expect(listed.first?.bytes == 3)
            #expect(listed.first?.behind == 1)
            #expect(try StoppedKey.retry([2, 3], of: "intake", administrator) == 1)
            #expect(try StoppedKey.list("intake", administrator) == [])
            try connection.run(
                script: "UPDATE intake.outbox_unsent SET blocked_reason = 'MSG_SIZE_TOO_LARGE' WHERE id = 2")
            func skip(_ id: Int64) throws -> SkippedFact? {
                try SkippedFact.skip(id, of: "intake", actor: "ann", reason: "too long a note", administrator)
            }
            #expect(try skip(3) == nil, "it only waits behind")
            #expect(try skip(2)?.eventID == "intake.orders.v1/O/2")
            #expect(try skip(2) == nil)
            #expect(try StoppedKey.list("intake", administrator) == [])
            let report = try AuditCommand.Report(isAtRest: nil, connection)
            #expect(report.skipped.map(\.eventID) == ["intake.orders.v1/O/2"])
            #expect(report.skipped.first?.schema == "intake")
            let text = AuditCommand.text(report)
            #expect(text.contains("intake intake.orders.v1/O/2: MSG_SIZE_TOO_LARGE, skipped by ann at "))
            #expect(text.contains(": too long a note"))
            #expect(report.findings.filter { $0.invariant == "I14" }.allSatisfy { $0.violations == 0 })
        }
    }

    private static let stopped = """
        INSERT INTO intake.outbox (day, id, shard, aggregatetype, aggregateid, type, event_id, source, payload)
        SELECT current_date, version, 1, 'intake.orders.v1', 'O', 'tributary.intake.orders.NoteUpdate.v1',
            'intake.orders.v1/O/' || version, '/services/intake', 'abc' FROM generate_series(1, 3) AS version;
        INSERT INTO intake.fact_versions VALUES ('intake.orders.v1', 'O', 3);
        INSERT INTO intake.outbox_unsent VALUES (1, 2, current_date, 'O', 'MSG_SIZE_TOO_LARGE');
        INSERT INTO intake.outbox_unsent VALUES (1, 3, current_date, 'O', NULL);
        """

    private static func url(_ connection: Connection) throws -> String {
        let name = try connection.query("SELECT current_database()::text")[0].text(0)
        return try MigratedDatabase.url(of: name)
    }
}
