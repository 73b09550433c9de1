import Contracts
import Kafka
@testable import Pipeline
import Postgres
import Support
import Synchronization
import Testing

@Suite("Outages") struct OutageTests {
    @Test(arguments: [FaultPlan.Fault.beforeBegin, .atCommit, .afterCommit])
    func batchIsRetriedUntilTheStoreIsBack(_ fault: FaultPlan.Fault) throws {
        let rig = ServiceRig(TrivialHandler(), FlakyPlace())
        rig.open("a")
        for number in 1...3 { rig.add("a", 1, id: "add-\(number)") }
        rig.place.faults.failNext([fault, fault, fault])
        try rig.settle()
        #expect(try rig.story("a") == ["opened 0", "added 1", "added 2", "added 3"])
        #expect(try rig.publishedVersions("a") == [1, 2, 3, 4])
    }

    @Test func healthSaysFailingWhileItLastsAndRecoveredAfterwards() throws {
        let rig = ServiceRig(TrivialHandler(), FlakyPlace())
        let health = Health()
        health.started()
        rig.options.health = health
        let reports = Mutex<[String]>([])
        rig.place.faults.failNext([.beforeBegin, .beforeBegin]) { _ in
            reports.withLock { $0.append(String(decoding: health.report, as: UTF8.self)) }
        }
        rig.open("a")
        try rig.settle()
        let during = reports.withLock { $0 }
        #expect(during.first?.contains("\"failing\":[]") == true, "the first failure is not known yet")
        #expect(during.last?.contains("\"part\":\"0\"") == true)
        #expect(during.last?.contains("\"ready\":false") == true)
        #expect(health.isReady)
    }

    @Test func sourceIsPausedWhileItLasts() throws {
        let broker = MemoryBroker(partitions: [:])
        let place = FlakyPlace()
        let source = WatchedSource(MemorySource(broker, group: "test", topics: [Topic.testCounters.name]))
        broker.publish(Topic.testCounters.name, key: "a", value: OpenCounter("a").jsonBytes)
        place.faults.failNext([.beforeBegin, .beforeBegin]) { count in
            broker.publish(Topic.testCounters.name, key: "b\(count)", value: OpenCounter("b\(count)").jsonBytes)
        }
        let lane = Lane(
            handler: TrivialHandler(), store: place.makeStore(), source: source, clock: ManualClock(.sample))
        _ = try lane.step()
        #expect(source.pauses.first == true)
        #expect(source.pauses.last == false)
        #expect(source.takenWhilePaused == 0)
        #expect(source.pollsWhilePaused > 0, "the group must keep the member")
        #expect(try lane.step().handled == 2, "what came meanwhile is handled afterwards")
    }

    @Test func laneThatIsToldToStopDoesNotWaitForTheEnd() throws {
        let rig = ServiceRig(TrivialHandler(), FlakyPlace())
        let stop = StopFlag()
        rig.options.stop = stop
        rig.place.faults.failForEver { count in if count == 3 { stop.request() } }
        rig.open("a")
        #expect(throws: LaneStopped.self) { try rig.settle() }
        #expect(try rig.total("a") == nil)
    }

    @Test(arguments: [CrashPoint.afterBegin, .afterLoad, .afterDecide, .afterSave, .beforeCommit])
    func lostConnectionInTheMiddleOfABatchChangesNothing(_ point: CrashPoint) throws {
        try TestDatabase.with { database throws in
            let rig = ServiceRig(
                TrivialHandler(), try PostgresPlace(database, service: "test", tables: TrivialTables()))
            rig.open("a")
            try rig.settle()
            let once = Mutex(false)
            rig.options.probe = CrashProbe { visited in
                guard visited == point, once.withLock({ wasDone in !exchange(&wasDone, true) }) else { return }
                try database.endSessions(named: "test")
            }
            rig.kill()
            for number in 1...3 { rig.add("a", 1, id: "add-\(number)") }
            try rig.settle()
            #expect(once.withLock { $0 })
            #expect(try rig.story("a") == ["opened 0", "added 1", "added 2", "added 3"])
            #expect(try rig.publishedVersions("a") == [1, 2, 3, 4])
        }
    }
}

@Suite("Refused rows") struct RefusedRowTests {
    @Test func rowThatPostgresRefusesIsFoundAmongManyAndBuriedAlone() throws {
        try StoreKind.postgres.with { rig in
            rig.open("a")
            rig.open("b")
            for number in 1...40 { rig.add("a", number == 17 ? 2000 : 1, id: "add-\(number)") }
            rig.add("b", 5, id: "add-b")
            try rig.settle()
            #expect(try rig.total("a") == 39)
            #expect(try rig.total("b") == 5)
            #expect(try rig.deadLetters() == ["add-17: the database refused it: SQLSTATE 23514 (1)"])
            #expect(rig.published(on: .deadLetters(of: "test")).count == 1)
            #expect(try rig.publishedVersions("a") == Array(1...40))
        }
    }

    @Test func batchThatMeetsARowMadeMeanwhileIsTriedOnceMoreAsAWhole() throws {
        try TestDatabase.with { database throws in
            let rig = ServiceRig(
                TrivialHandler(), try PostgresPlace(database, service: "test", tables: TrivialTables()))
            let attempts = Mutex(0)
            rig.options.probe = CrashProbe { point in
                if point == .afterBegin { attempts.withLock { $0 += 1 } }
                guard point == .afterLoad, attempts.withLock({ $0 == 1 }) else { return }
                try database.execute("INSERT INTO counters (name, total, factor) VALUES ('a', 7, 1)")
            }
            rig.open("a")
            for number in 1...8 { rig.add("a", 1, id: "add-\(number)") }
            try rig.settle()
            #expect(try rig.total("a") == 15)
            #expect(attempts.withLock { $0 } == 2)
        }
    }

    @Test func refusedMessageIsBuriedOnceHoweverOftenItComes() throws {
        try StoreKind.postgres.with { rig in
            rig.open("a")
            rig.add("a", 2000, id: "add-1")
            while try !rig.step().isIdle {}
            rig.kill()
            try rig.settle()
            #expect(try rig.deadLetters().count == 1)
        }
    }

    @Test func waitingMessageThatPostgresRefusesIsNotTakenForTheOneItWaitedFor() throws {
        try StoreKind.postgres.with { rig in
            rig.add("a", 1, id: "add-1")
            rig.add("a", 2000, id: "add-2")
            rig.add("a", 3, id: "add-3")
            try rig.settle()
            rig.open("a")
            try rig.settle()
            for _ in 0..<3 { try rig.advance(by: .seconds(61)) }
            #expect(try rig.total("a") == 4)
            #expect(try rig.deadLetters() == ["add-2: the database refused it: SQLSTATE 23514 (1)"])
            #expect(try rig.store.waiting() == [])
        }
    }

    @Test func timerWhoseRowsPostgresRefusesIsBuried() throws {
        try TestDatabase.with { database throws in
            let rig = ServiceRig(
                TrivialHandler(), try PostgresPlace(database, service: "test", tables: TrivialTables()))
            rig.open("a")
            rig.add("a", 1, id: "add-1")
            try rig.settle()
            try database.execute(
                "ALTER TABLE outbox ADD CHECK (payload IS NULL OR position('rested'::bytea IN payload) = 0)")
            for _ in 0..<3 { try rig.advance(by: .seconds(61)) }
            #expect(try rig.store.deadLetters().map(\.reason) == ["the database refused it: SQLSTATE 23514"])
            #expect(try rig.store.timers() == [])
        }
    }

    @Test(arguments: [
        ("40001", true, false), ("40P01", true, false), ("08006", true, false), ("53300", true, false),
        ("57P01", true, false), ("22021", false, true), ("23505", false, true), ("23514", false, true),
        ("42P01", false, false), ("42601", false, false), ("P0001", false, false),
    ])
    func sqlStatesAreOutagesDataErrorsOrBugs(_ state: String, isOutage: Bool, isDataError: Bool) {
        let error: any StoreFailure = PostgresError(sqlState: state, message: "")
        #expect(error.isOutage == isOutage)
        #expect(error.isDataError == isDataError)
        #expect(error.dataErrorReason == "SQLSTATE \(state)")
    }
}

/// Watches how a lane treats its source.
private final class WatchedSource: RecordSource {
    private let inner: MemorySource
    private(set) var pauses: [Bool] = []
    private(set) var takenWhilePaused = 0
    private(set) var pollsWhilePaused = 0

    init(_ inner: MemorySource) { self.inner = inner }

    func poll(maximum: Int, timeoutMilliseconds: Int) -> [KafkaRecord] {
        let records = inner.poll(maximum: maximum, timeoutMilliseconds: timeoutMilliseconds)
        if pauses.last == true {
            takenWhilePaused += records.count
            pollsWhilePaused += 1
        }
        return records
    }

    func store(_ next: [TopicPartition: Int64]) { inner.store(next) }
    func commit() { inner.commit() }
    func setPaused(_ isPaused: Bool) {
        pauses.append(isPaused)
        inner.setPaused(isPaused)
    }
    var assignment: [TopicPartition] { inner.assignment }
    var leadingTopic: LeadingTopic? { inner.leadingTopic }
    func close() { inner.close() }
}

/// Sets a value and answers what it was.
private func exchange(_ value: inout Bool, _ new: Bool) -> Bool {
    defer { value = new }
    return value
}
