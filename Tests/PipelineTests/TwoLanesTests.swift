import Contracts
@testable import Pipeline
import Support
import Synchronization
import Testing

/// Two lanes with open transactions at once: the second begins when the first is about to commit, and meets its locks.
@Suite("Two lanes on one database") struct TwoLanesTests {
    private typealias PostgresRig = ServiceRig<TrivialHandler, PostgresPlace<TrivialTables>>

    /// - Parameters:
    ///   - work: What each lane has to do; its number is 1 or 2.
    ///   - prepare: What is there before both.
    private static func race(
        _ work: @escaping @Sendable (any Rig, Int) throws -> Void, prepare: (any Rig) throws -> Void = { _ in },
        check: (any Rig) throws -> Void
    ) throws {
        try TestDatabase.with { database throws in
            let first = try rig(database, ManualClock(.sample))
            try prepare(first)
            try first.settle()
            let second = Mutex<OwnThread?>(nil)
            let now = first.clock.now
            first.options.probe = CrashProbe { point in
                guard point == .beforeCommit, second.withLock({ $0 == nil }) else { return }
                let thread = OwnThread {
                    let rig = try rig(database, ManualClock(now + .minutes(2)))
                    try work(rig, 2)
                    try rig.settle()
                }
                second.withLock { $0 = thread }
                try database.waitUntilOneIsBlocked()
            }
            first.kill()
            first.clock.advance(by: .minutes(2))
            try work(first, 1)
            try first.settle()
            try #require(second.withLock { $0 }).join()
            try first.settle()
            try check(first)
        }
    }

    private static func rig(_ database: TestDatabase, _ clock: ManualClock) throws -> PostgresRig {
        let place = try PostgresPlace(database, service: TrivialHandler.service, tables: TrivialTables())
        return ServiceRig(TrivialHandler(), place, clock: clock)
    }

    @Test func sameNewAggregateIsMadeByOneAndReadByTheOther() throws {
        try Self.race { rig, number in
            rig.publish(OpenCounter("a"), on: .testCounters, key: "a", id: "open-\(number)")
            rig.add("a", 5, id: "add-\(number)")
        } check: { (rig: any Rig) throws in
            #expect(try rig.total("a") == 10)
            #expect(try rig.facts("a").map(\.what) == [.opened, .added, .added])
            #expect(try rig.facts("a").map(\.version) == [1, 2, 3])
            #expect(try rig.deadLetters() == [])
        }
    }

    @Test func sameAggregateIsChangedByOneAfterTheOther() throws {
        try Self.race { rig, number in
            rig.add("a", 5, id: "add-\(number)")
        } prepare: { rig in
            rig.open("a")
        } check: { (rig: any Rig) throws in
            #expect(try rig.facts("a").map(\.total) == [0, 5, 10])
            #expect(try rig.facts("a").map(\.version) == [1, 2, 3])
        }
    }

    @Test func sameMessageHasOneEffect() throws {
        try Self.race { rig, _ in
            rig.add("a", 5, id: "add-1")
        } prepare: { rig in
            rig.open("a")
        } check: { (rig: any Rig) throws in
            #expect(try rig.total("a") == 5)
        }
    }

    @Test func timerIsClaimedByOne() throws {
        try Self.race { _, _ in
        } prepare: { rig in
            rig.open("a")
            rig.add("a", 5, id: "add-1")
        } check: { (rig: any Rig) throws in
            #expect(try rig.story("a") == ["opened 0", "added 5", "rested 5"])
        }
    }

    @Test func retriedDeadLetterIsHandledByOne() throws {
        try Self.race { _, _ in
        } prepare: { rig in
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            try rig.advance(by: TrivialHandler.patience + .minutes(1))
            rig.open("a")
            rig.command(RetryDeadLetters(head: .sample("retry-1"), deadLetterIDs: [], all: true))
        } check: { (rig: any Rig) throws in
            #expect(try rig.story("a") == ["opened 0", "added 5"])
            #expect(try rig.deadLetters() == [])
        }
    }

    /// - Parameter work: Done by a second lane from begin to end, while the first has decided and not yet written.
    private static func overtake(
        _ work: @escaping @Sendable (any Rig) throws -> Void, first: (any Rig) throws -> Void,
        check: (any Rig) throws -> Void
    ) throws {
        try TestDatabase.with { database throws in
            let rig = try rig(database, ManualClock(.sample))
            let isDone = Mutex(false)
            rig.options.probe = CrashProbe { point in
                guard point == .afterDecide, !isDone.withLock({ $0 }) else { return }
                isDone.withLock { $0 = true }
                try OwnThread {
                    let second = try Self.rig(database, ManualClock(.sample))
                    try work(second)
                    try second.settle()
                }.join()
            }
            try first(rig)
            try rig.settle()
            try check(rig)
        }
    }

    @Test func sameEarlyMessageWaitsOnce() throws {
        try Self.overtake { rig in
            rig.add("a", 5, id: "add-1")
        } first: { rig in
            rig.add("a", 5, id: "add-1")
        } check: { (rig: any Rig) throws in
            #expect(try rig.store.waiting() == ["counter:a <- add-1"])
        }
    }

    @Test func sameFaultIsBuriedOnce() throws {
        try Self.overtake { rig in
            rig.add("a", -5, id: "add-1")
        } first: { rig in
            rig.add("a", -5, id: "add-1")
        } check: { (rig: any Rig) throws in
            #expect(try rig.deadLetters() == ["add-1: amount: -5 is negative (1)"])
        }
    }

    /// Neither transaction sees the other's row: the sweep brings them together.
    @Test func aggregateAndItsEarlyMessageThatMissEachOtherMeetLater() throws {
        try Self.overtake { rig in
            rig.open("a")
        } first: { rig in
            rig.add("a", 5, id: "add-1")
        } check: { (rig: any Rig) throws in
            #expect(try rig.total("a") == 0)
            try rig.advance(by: .seconds(2))
            #expect(try rig.total("a") == 5)
        }
    }
}
