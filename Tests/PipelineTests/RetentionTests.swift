import Contracts
import Foundation
@testable import Pipeline
import Postgres
import Support
import Testing

@Suite("Retention") struct RetentionTests {
    @Test func waitOlderThanTheRetentionEndsByTheRuleOfItsDeadline() throws {
        try TestDatabase.with { database throws in
            let rig = try Self.rig(database)
            rig.add("old", 1, id: "add-old")
            rig.add("young", 1, id: "add-young")
            rig.add("found", 1, id: "add-found")
            try rig.settle()
            try database.execute(
                """
                UPDATE waiting SET deadline = now() + interval '90 days',
                    parked_at = now() - interval '30 days' + interval '1 second'
                        * CASE message_id WHEN 'add-young' THEN 60 ELSE -60 END;
                """)
            let upkeep = PostgresUpkeep(url: database.url, service: "test")
            #expect(try upkeep.trim(keepDays: 30).waits == 2)
            rig.open("found")
            try rig.settle()
            try rig.advance(by: .seconds(5))
            #expect(try rig.deadLetters() == ["add-old: counter old is unknown (1)"])
            #expect(try rig.total("found") == 1, "what its wait was for is there: it is decided")
            #expect(try rig.store.waiting() == ["counter:young <- add-young"])
            #expect(try upkeep.trim(keepDays: 30).waits == 0)
        }
    }

    @Test func oldDeadLetterLosesItsMessageAndKeepsItsReason() throws {
        try TestDatabase.with { database throws in
            try database.execute(Self.letters)
            let upkeep = PostgresUpkeep(url: database.url, service: "test")
            #expect(try upkeep.trim(keepDays: 30).deadLetters == 3)
            let rows = try database.connect().query(
                """
                SELECT message_id || ' ' || state || ' ' || reason || ' ' || num_nonnulls(record_key, record_value,
                    record_headers) FROM dead_letters ORDER BY message_id
                """
            ).map { $0.text(0) }
            #expect(
                rows == [
                    "old expired why 0", "settled revived why 0", "timer dead why 3", "wanted expired why 0",
                    "young dead why 3",
                ])
            #expect(try upkeep.trim(keepDays: 30).isEmpty)
        }
    }

    @Test func expiredDeadLetterIsNotRetried() throws {
        try TestDatabase.with { database throws in
            try database.execute(Self.letters)
            _ = try PostgresUpkeep(url: database.url, service: "test").trim(keepDays: 30)
            let rig = try Self.rig(database)
            let head = CommandHead(commandID: "c-1", actor: "test", reason: "again", issuedAt: rig.clock.now)
            let retry = RetryDeadLetters(head: head, deadLetterIDs: [], all: true)
            rig.publish(retry, on: .commands(of: "test"), key: "c-1", id: "c-1")
            try rig.settle()
            let states = try database.connect().query(
                "SELECT message_id || ' ' || state FROM dead_letters WHERE message_id IN ('old', 'wanted')")
            #expect(Set(states.map { $0.text(0) }) == ["old expired", "wanted expired"])
        }
    }

    @Test func oldDaysGoFromTheDefaultPartitionsToo() throws {
        try TestDatabase.with { database throws in
            try database.execute(
                """
                INSERT INTO inbox (day, consumer, message_id, topic, partition, record_offset, body_hash, decided_at)
                VALUES ('1997-01-01', 'test', 'long ago', 't', 0, 0, 0, now() - interval '31 days'),
                    ('1997-01-01', 'test', 'of old, come today', 't', 0, 1, 0, now());
                INSERT INTO outbox (day, id, shard, aggregatetype, aggregateid, type, event_id, source)
                SELECT '2020-01-01', number, 0, 't', 'k', 't', 'e' || number, 's' FROM generate_series(1, 2) AS number;
                INSERT INTO outbox_unsent (shard, id, day, aggregateid) VALUES (0, 2, '2020-01-01', 'k');
                """)
            let upkeep = PostgresUpkeep(url: database.url, service: "test")
            #expect(try upkeep.trim(keepDays: 30).journalRows == 2)
            let connection = try database.connect()
            #expect(try connection.query("SELECT message_id FROM inbox").map { $0.text(0) } == ["of old, come today"])
            #expect(try connection.query("SELECT id FROM outbox").map { $0.int64(0) } == [2])
        }
    }

    @Test func dayOfTheOutboxStaysUntilAllOfItHasLeft() throws {
        try TestDatabase.with { database throws in
            try database.execute(
                """
                CREATE TABLE outbox_20200101 PARTITION OF outbox FOR VALUES FROM ('2020-01-01') TO ('2020-01-02');
                INSERT INTO outbox_unsent (shard, id, day, aggregateid) VALUES (0, 1, '2020-01-01', 'k');
                """)
            let upkeep = PostgresUpkeep(url: database.url, service: "test")
            #expect(try upkeep.maintainPartitions(keepDays: 30) == 0)
            try database.execute("DELETE FROM outbox_unsent")
            #expect(try upkeep.maintainPartitions(keepDays: 30) == 1)
        }
    }

    /// Deadlines are set by the database's clock, so the rig's stands at the same time.
    private static func rig(_ database: TestDatabase) throws -> ServiceRig<TrivialHandler, PostgresPlace<TrivialTables>>
    {
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        return ServiceRig(
            TrivialHandler(), try PostgresPlace(database, service: "test", tables: TrivialTables()),
            clock: ManualClock(now))
    }

    private static let letters = """
        INSERT INTO dead_letters (shard, message_id, topic, partition, record_offset, recorded_at, record_key,
            record_value, record_headers, reason, attempts, failed_at, state)
        SELECT 0, message_id, topic, 0, 0, now(), 'key', 'value', '', 'why', 1, now() - age, state
        FROM (VALUES ('old', 'test.adds.v1', interval '31 days', 'dead'),
            ('wanted', 'test.adds.v1', interval '31 days', 'retry'),
            ('settled', 'test.adds.v1', interval '31 days', 'revived'),
            ('timer', 'timer:rest', interval '31 days', 'dead'),
            ('young', 'test.adds.v1', interval '29 days', 'dead')) AS l (message_id, topic, age, state);
        """
}
