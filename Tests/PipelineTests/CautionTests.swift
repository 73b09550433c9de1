import Contracts
import Kafka
@testable import Pipeline
import Postgres
import Support
import Synchronization
import Testing

@Suite("Caution after an unclean stop") struct CautionTests {
    @Test func messageThatKillsForTheThirdTimeIsADeadLetter() throws {
        try TestDatabase.with { database throws in
            let deadly = Mutex(false)
            let handler = TrivialHandler(beforeDeciding: { message in
                if case .add(let add) = message, add.amount == 666 { deadly.withLock { $0 = true } }
            })
            let rig = ServiceRig(
                handler, try PostgresPlace(database, service: "test", tables: TrivialTables()))
            let upkeep = PostgresUpkeep(url: database.url, service: "test")
            rig.options.attempts = upkeep
            rig.options.probe = CrashProbe { point in
                guard point == .afterDecide, deadly.withLock({ $0 }) else { return }
                deadly.withLock { $0 = false }
                throw Death()
            }
            rig.open("a")
            rig.add("a", 1, id: "add-1")
            rig.add("a", 666, id: "add-2")
            rig.add("a", 2, id: "add-3")
            for _ in 1...3 {
                #expect(throws: Death.self) { try rig.settle() }
                rig.kill()
            }
            try rig.settle()
            #expect(try rig.total("a") == 3)
            #expect(try rig.deadLetters() == ["add-2: the process died three times while handling it (1)"])
            let left = try database.connect().query("SELECT count(*) FROM lane_attempts")[0].int64(0)
            #expect(left == 0)
        }
    }

    @Test func onlyTheFirstMessagesOfEachPartitionAreTakenSingly() throws {
        let attempts = CountedAttempts()
        let rig = ServiceRig(TrivialHandler(), MemoryPlace(TrivialHandler()))
        rig.options.attempts = attempts
        rig.open("a")
        for number in 1...600 { rig.add("a", 1, id: "add-\(number)") }
        try rig.settle()
        #expect(attempts.count == 501, "500 additions and the opening, which came on another topic")
        rig.open("b")
        try rig.settle()
        #expect(attempts.count == 502, "a partition that shows up late is met with the same caution")
        #expect(try rig.total("a") == 600)
    }

    @Test func runThatEndedCleanlyLeavesNoMark() throws {
        try TestDatabase.with { database throws in
            let upkeep = PostgresUpkeep(url: database.url, service: "test")
            #expect(try !upkeep.markStarted("host-1"))
            #expect(try !upkeep.markStarted("host-2"))
            #expect(try upkeep.markStarted("host-1"), "it never said that it stopped")
            try upkeep.markStopped("host-1")
            #expect(try !upkeep.markStarted("host-1"))
        }
    }
}

private struct Death: Error {}

private final class CountedAttempts: AttemptStore {
    private let counted = Mutex(0)
    var count: Int { counted.withLock { $0 } }

    func countAttempt(at offset: Int64, of partition: TopicPartition) -> Int {
        counted.withLock { $0 += 1 }
        return 0
    }

    func forgetAttempts(at offset: Int64, of partition: TopicPartition) {}
}
