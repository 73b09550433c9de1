import Contracts
@testable import Pipeline
import Support
import Synchronization

/// A memory place whose transactions fail as a test says.
final class FlakyPlace: StorePlace {
    typealias Aggregate = TrivialHandler.Aggregate

    let inner = MemoryPlace(TrivialHandler())
    let faults = FaultPlan()

    func makeStore() -> FlakyStore { FlakyStore(inner.makeStore(), faults) }
    func makeOutbox() -> MemoryOutbox<Aggregate> { inner.makeOutbox() }
    func aggregates(_ keys: [Key]) -> [(key: Key, value: Aggregate)] { inner.aggregates(keys) }
    func outbox() -> [OutboxRow] { inner.outbox() }
    func unsentCount() -> Int { inner.unsentCount() }
    func waiting() -> [String] { inner.waiting() }
    func deadLetters() -> [DeadLetterView] { inner.deadLetters() }
    func timers() -> [String] { inner.timers() }
    func journalCount() -> Int { inner.journalCount() }
    func rows() -> [String] { inner.rows() }
}

/// How the next transactions fail.
final class FaultPlan: Sendable {
    enum Fault: Sendable {
        case beforeBegin, atCommit
        /// Committed, but nobody heard of it.
        case afterCommit
    }

    private struct Plan {
        var faults: [Fault] = []
        var isEndless = false
        var failures = 0
        var whenFailing: @Sendable (Int) -> Void = { _ in }
    }

    private let plan = Mutex(Plan())

    func failNext(_ faults: [Fault], whenFailing: @escaping @Sendable (Int) -> Void = { _ in }) {
        plan.withLock {
            $0.faults = faults
            $0.whenFailing = whenFailing
        }
    }

    func failForEver(whenFailing: @escaping @Sendable (Int) -> Void) {
        plan.withLock {
            $0.isEndless = true
            $0.whenFailing = whenFailing
        }
    }

    func next() -> Fault? {
        let (fault, count, hook) = plan.withLock { plan -> (Fault?, Int, @Sendable (Int) -> Void) in
            let fault = plan.isEndless ? .beforeBegin : plan.faults.isEmpty ? nil : plan.faults.removeFirst()
            if fault != nil { plan.failures += 1 }
            return (fault, plan.failures, plan.whenFailing)
        }
        if fault != nil { hook(count) }
        return fault
    }
}

struct Outage: StoreFailure {
    var isOutage: Bool { true }
    var isDataError: Bool { false }
    var isClash: Bool { false }
    var dataErrorReason: String { "" }
}

final class FlakyStore: Store {
    typealias Aggregate = TrivialHandler.Aggregate

    private let inner: MemoryStore<Aggregate>
    private let faults: FaultPlan

    init(_ inner: MemoryStore<Aggregate>, _ faults: FaultPlan) {
        self.inner = inner
        self.faults = faults
    }

    func transaction(_ body: () throws -> Void) throws {
        let fault = faults.next()
        if fault == .beforeBegin { throw Outage() }
        try inner.transaction {
            try body()
            if fault == .atCommit { throw Outage() }
        }
        if fault == .afterCommit { throw Outage() }
    }

    func known(_ messages: [MessageName]) throws -> [MessageName: Int64] { try inner.known(messages) }
    func load(_ keys: [Key], into state: inout State<Aggregate>) throws { try inner.load(keys, into: &state) }
    func waiting(for keys: [String]) throws -> [WaitingRow] { try inner.waiting(for: keys) }
    func claim(_ timers: [DueTimer]) throws -> Set<DueTimer> { try inner.claim(timers) }
    func advanceVersions(_ counts: [FactStream: Int64]) throws -> [FactStream: Int64] {
        try inner.advanceVersions(counts)
    }
    func save(_ state: State<Aggregate>, _ effects: Effects) throws { try inner.save(state, effects) }
    func dueTimers(at now: Instant, shards: [Int32], atMost limit: Int) throws -> [DueTimer] {
        try inner.dueTimers(at: now, shards: shards, atMost: limit)
    }
    func ripeWaits(at machineNow: Instant, shards: [Int32], atMost limit: Int) throws -> [WaitingRow] {
        try inner.ripeWaits(at: machineNow, shards: shards, atMost: limit)
    }
    func deadLetters(toRetry limit: Int, shards: [Int32]) throws -> [DeadLetterRow] {
        try inner.deadLetters(toRetry: limit, shards: shards)
    }
}
