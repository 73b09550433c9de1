@testable import Pipeline
import Postgres
import Support
import Testing

@Suite("Migrations") struct MigratorTests {
    private static func migrate(_ database: TestDatabase, _ migrations: [Migration]) throws -> [String] {
        let migrator = try Migrator(administratorURL: database.administratorURL)
        defer { migrator.close() }
        return try migrator.migrate(schema: database.name, role: database.name, password: nil, migrations)
    }

    @Test func secondRunHasNothingToDo() throws {
        try TestDatabase.with { database throws in
            #expect(try Self.migrate(database, [TrivialTables.migration]) == [])
            let more = Migration("V003_more", Array("CREATE TABLE more (number int8)".utf8))
            #expect(try Self.migrate(database, [TrivialTables.migration, more]) == ["V003_more"])
            #expect(try database.connect().query("SELECT number FROM more").isEmpty, "rights follow")
        }
    }

    @Test func stepThatFailsLeavesNothingBehind() throws {
        try TestDatabase.with { database throws in
            let bad = Migration("V003_bad", Array("CREATE TABLE half (number int8); SELECT 1/0;".utf8))
            #expect(throws: PostgresError.self) { try Self.migrate(database, [TrivialTables.migration, bad]) }
            let good = Migration("V003_bad", Array("CREATE TABLE half (number int8)".utf8))
            #expect(try Self.migrate(database, [TrivialTables.migration, good]) == ["V003_bad"])
        }
    }

    @Test func passwordThatIsGivenIsSet() throws {
        try TestDatabase.with { database throws in
            func hash() throws -> String? {
                let administrator = try Connection(database.administratorURL)
                var parameters = Parameters()
                parameters.append(database.name)
                return try administrator.query(
                    "SELECT rolpassword FROM pg_authid WHERE rolname = $1", parameters)[0].textOrNil(0)
            }
            let first = try hash()
            _ = try Self.migrate(database, [TrivialTables.migration])
            #expect(try hash() == first)
            let migrator = try Migrator(administratorURL: database.administratorURL)
            _ = try migrator.migrate(
                schema: database.name, role: database.name, password: "it's new", [TrivialTables.migration])
            #expect(try hash() != first)
        }
    }

    /// Every role meets every schema: its own opens, any other does not.
    @Test func roleHasRightsOnItsOwnSchemaAlone() throws {
        try TestDatabase.with { first throws in
            try TestDatabase.with { second throws in
                let databases = [first, second]
                for role in databases {
                    let connection = try role.connect()
                    for owner in databases {
                        for table in ["counters", "inbox", "outbox_unsent", "fact_versions"] {
                            let isOwn = role.name == owner.name
                            let attempt = Result {
                                try connection.run(script: "SELECT count(*) FROM \(owner.name).\(table)")
                            }
                            #expect(Self.isAllowed(attempt) == isOwn, "\(table)")
                        }
                    }
                    for ddl in ["CREATE TABLE own (x int)", "CREATE TABLE public.x (x int)", "DROP TABLE counters"] {
                        #expect(!Self.isAllowed(Result { try connection.run(script: ddl) }), "\(ddl)")
                    }
                }
            }
        }
    }

    private static func isAllowed(_ attempt: Result<Void, any Error>) -> Bool {
        switch attempt {
        case .success: return true
        case .failure(let error):
            #expect((error as? PostgresError)?.sqlState == "42501", "\(error)")
            return false
        }
    }

    @Test func migratorsOfManyServicesMayRunAtOnce() throws {
        let threads = (0..<4).map { _ in OwnThread { try TestDatabase.with { _ in } } }
        for thread in threads { try thread.join() }
    }
}

@Suite("Day partitions") struct PartitionTests {
    @Test func comingDaysAreMadeAndOldOnesDroppedByTheServicesRole() throws {
        try TestDatabase.with { database throws in
            let upkeep = PostgresUpkeep(url: database.url, service: "test")
            #expect(try upkeep.maintainPartitions(keepDays: 30) == 0)
            let connection = try database.connect()
            func partitions() throws -> Int64 {
                try connection.query(
                    """
                    SELECT count(*) FROM pg_inherits WHERE inhparent IN ('inbox'::regclass, 'outbox'::regclass)
                    """)[0].int64(0)
            }
            #expect(try partitions() == 2 * (9 + 1), "yesterday to a week ahead, and the default")
            try database.execute(
                """
                CREATE TABLE inbox_20200101 PARTITION OF inbox FOR VALUES FROM ('2020-01-01') TO ('2020-01-02');
                CREATE TABLE outbox_20200101 PARTITION OF outbox FOR VALUES FROM ('2020-01-01') TO ('2020-01-02');
                """)
            #expect(try upkeep.maintainPartitions(keepDays: 30) == 2)
            #expect(try partitions() == 2 * (9 + 1))
        }
    }

    @Test func dayWhoseRowsStandInTheDefaultPartitionStaysThere() throws {
        try TestDatabase.with { database throws in
            try database.execute(
                """
                DO $$ BEGIN EXECUTE 'DROP TABLE inbox_' || to_char(current_date + 7, 'YYYYMMDD'); END $$;
                INSERT INTO inbox (day, consumer, message_id, topic, partition, record_offset, body_hash, decided_at)
                VALUES (current_date + 7, 'test', 'x', 't', 0, 0, 0, now());
                """)
            let upkeep = PostgresUpkeep(url: database.url, service: "test")
            #expect(try upkeep.maintainPartitions(keepDays: 30) == 0)
        }
    }
}
