import Contracts
import Kafka
@testable import Pipeline
import Postgres
import Support
import Testing

@Suite("Relay") struct RelayTests {
    @Test(arguments: StoreKind.allCases)
    func recordThatIsRefusedIsSentAgainInTheOrderOfItsKey(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            for number in 1...4 { rig.add("a", 1, id: "add-\(number)") }
            rig.broker.failNextSends([nil, .refused])
            try rig.settle()
            let versions = try rig.publishedVersions("a")
            #expect(Set(versions) == [1, 2, 3, 4, 5])
            #expect(versions.suffix(4) == [2, 3, 4, 5], "what came after the refused one comes again behind it")
            #expect(try rig.store.unsentCount() == 0)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func recordWhoseAnswerWasLostIsSentAgainUnchanged(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            rig.broker.failNextSends([.answerLost])
            try rig.settle()
            let records = rig.published(on: .testTotals)
            #expect(records.map { $0.text("ce_id") } == ["test.totals.v1/a/1", "test.totals.v1/a/1"])
            #expect(Set(records.map(\.value)).count == 1)
            #expect(try rig.store.unsentCount() == 0)
        }
    }

    @Test(arguments: StoreKind.allCases, [MemoryBroker.SendFailure.tooLarge, .tooLargeForTheBroker])
    func recordThatIsTooLargeStopsItsKeyAndNoOther(_ kind: StoreKind, _ failure: MemoryBroker.SendFailure) throws {
        try kind.with { rig in
            rig.open("a")
            rig.add("a", 1, id: "add-1")
            rig.open("b", key: "a")
            rig.add("b", 1, id: "add-2", key: "a")
            rig.broker.failNextSends([failure])
            for _ in 0..<20 { try rig.step() }
            #expect(try rig.publishedVersions("b") == [1, 2])
            let later = failure == .tooLarge ? [] : [Int64(2)]
            #expect(try rig.publishedVersions("a") == later, "what was on its way already has arrived")
            rig.add("a", 1, id: "add-3")
            rig.add("b", 1, id: "add-4", key: "a")
            for _ in 0..<20 { try rig.step() }
            #expect(try rig.publishedVersions("b") == [1, 2, 3])
            #expect(try rig.publishedVersions("a") == later)
            rig.kill()
            for _ in 0..<20 { try rig.step() }
            #expect(try rig.publishedVersions("a") == later, "it stays blocked over a restart")
        }
    }

    @Test func stoppedKeyGoesOnOnceAnOperatorSkipsTheRow() throws {
        try TestDatabase.with { database throws in
            let rig = ServiceRig(
                TrivialHandler(), try PostgresPlace(database, service: "test", tables: TrivialTables()))
            rig.broker.failNextSends([.tooLarge])
            rig.open("a")
            rig.add("a", 1, id: "add-1")
            for _ in 0..<20 { try rig.step() }
            let skip = "SELECT id || ' ' || event_id || ' ' || blocked_reason || ' ' || actor || ' ' || reason"
            func skipped() throws -> [String] {
                try database.execute("CREATE OR REPLACE VIEW skipped AS \(skip) AS line FROM outbox_skipped")
                try database.execute("GRANT SELECT ON skipped TO \(database.name)")
                return try database.connect().query("SELECT line FROM skipped").map { $0.text(0) }
            }
            try database.execute("SELECT skip_unsent(2, 'ann', 'stops nothing')")
            #expect(try skipped() == [], "a row that waits behind is not the one")
            try database.execute("SELECT skip_unsent(1, 'ann', 'too long a note')")
            try rig.settle()
            #expect(try rig.publishedVersions("a") == [2])
            #expect(try rig.store.unsentCount() == 0)
            #expect(try skipped() == ["1 test.totals.v1/a/1 MSG_SIZE_TOO_LARGE ann too long a note"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func fatalProducerErrorSendsTheLastMinuteAgain(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("old")
            try rig.settle()
            try rig.advance(by: .seconds(61))
            rig.open("a")
            rig.add("a", 1, id: "add-1")
            try rig.settle()
            rig.add("a", 1, id: "add-2")
            rig.broker.failNextSends([.fatal])
            try rig.settle()
            #expect(try rig.publishedVersions("a") == [1, 2, 1, 2, 3])
            #expect(try rig.publishedVersions("old") == [1])
            #expect(try rig.store.unsentCount() == 0)
        }
    }

    @Test func twoRelaysShareNoShard() throws {
        try TestDatabase.with { database throws in
            let first = PostgresOutbox(url: database.url, service: "test")
            let second = PostgresOutbox(url: database.url, service: "test")
            #expect(try first.acquireShards() == Array(0..<8))
            #expect(try second.acquireShards() == [])
            try database.endSessions(named: "test relay", butNewest: true)
            #expect(try second.acquireShards() == Array(0..<8))
        }
    }

    @Test func relayThatLostItsConnectionSendsNothingBeforeItOwnsItsShardsAgain() throws {
        try TestDatabase.with { database throws in
            let rig = ServiceRig(
                TrivialHandler(), try PostgresPlace(database, service: "test", tables: TrivialTables()))
            rig.open("a")
            try rig.settle()
            let first = PostgresOutbox(url: database.url, service: "test")
            rig.kill()
            #expect(try first.acquireShards() == Array(0..<8))
            try database.execute("INSERT INTO outbox_unsent SELECT shard, id, day, aggregateid FROM outbox")
            #expect(try first.unsent(of: Array(0..<8), besides: [], atMost: 10).count == 1)
            try database.endSessions(named: "test relay")
            #expect(throws: PostgresError.self) { try first.unsent(of: Array(0..<8), besides: [], atMost: 10) }
            #expect(try first.unsent(of: Array(0..<8), besides: [], atMost: 10).isEmpty)
            #expect(try first.acquireShards() == Array(0..<8))
            #expect(try first.unsent(of: Array(0..<8), besides: [], atMost: 10).count == 1)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func backlogTellsHowManyWaitAndSinceWhen(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            try rig.settle()
            rig.add("a", 1, id: "add-1")
            let start = rig.clock.now
            rig.options.probe = CrashProbe { if $0 == .relayAfterSelect { throw Interrupted() } }
            rig.kill()
            #expect(throws: Interrupted.self) { try rig.settle() }
            let backlog = try rig.store.makeOutbox().backlog()
            #expect(backlog.count == 1)
            #expect(backlog.oldest == start)
        }
    }
}

private struct Interrupted: Error {}
