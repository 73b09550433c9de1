public import Contracts
import Synchronization

/// What memory stores of one service share; a transaction has it to itself.
public final class MemoryDatabase<Aggregate: Sendable>: Sendable {
    struct Contents: Sendable {
        var aggregates: [Key: Aggregate] = [:]
        var aliases: [Key: Key] = [:]
        var journal: [MessageName: JournalRow] = [:]
        var versions: [FactStream: Int64] = [:]
        var outbox: [Int64: OutboxRow] = [:]
        var unsent: Set<Int64> = []
        /// Keys of rows that the broker will never take.
        var blockedKeys: Set<String> = []
        var timers: [TimerName: Instant] = [:]
        var waiting: [Int64: WaitingRow] = [:]
        var deadLetters: [Int64: DeadLetterRow] = [:]
        var retryWanted: Set<Int64> = []
        var lastID: Int64 = 0
    }

    private let contents = Mutex(Contents())

    public init() {}

    /// Nothing else touches the contents meanwhile; the body must not ask for them again.
    func exclusively<Result: Sendable>(_ body: (inout Contents) throws -> Result) rethrows -> Result {
        try contents.withLock { try body(&$0) }
    }

    public var aggregates: [Key: Aggregate] { exclusively { $0.aggregates } }
    /// All facts and dead letters ever written, oldest first.
    public var outbox: [OutboxRow] { exclusively { $0.outbox.values.sorted { $0.id < $1.id } } }
    public var unsentCount: Int { exclusively { $0.unsent.count } }
    public var waiting: [WaitingRow] { exclusively { $0.waiting.values.sorted { $0.id < $1.id } } }
    public var deadLetters: [DeadLetterRow] { exclusively { $0.deadLetters.values.sorted { $0.id < $1.id } } }
    public var journalCount: Int { exclusively { $0.journal.count } }
    public var timers: [DueTimer] {
        exclusively { contents in
            contents.timers.map { DueTimer(kind: $0.key.kind, key: $0.key.key, due: $0.value) }.sorted {
                $0.due < $1.due
            }
        }
    }
}

extension MemoryDatabase.Contents {
    mutating func nextID() -> Int64 {
        lastID += 1
        return lastID
    }

    mutating func keep(_ effects: Effects) {
        for row in effects.journal {
            precondition(journal[row.name] == nil, "message \(row.name.id) is in the journal twice")
            journal[row.name] = row
        }
        for var row in effects.outbox {
            row.id = nextID()
            outbox[row.id] = row
            unsent.insert(row.id)
        }
        for change in effects.timers {
            switch change {
            case .set(let kind, let key, let due): timers[TimerName(kind: kind, key: key)] = due
            case .cancel(let kind, let key): timers[TimerName(kind: kind, key: key)] = nil
            }
        }
        for var row in effects.parked {
            if row.id == 0 { row.id = nextID() }
            waiting[row.id] = row
        }
        for id in effects.unparked { waiting[id] = nil }
        for id in effects.revived {
            deadLetters[id] = nil
            retryWanted.remove(id)
        }
        for var row in effects.deadLetters {
            row.id = nextID()
            deadLetters[row.id] = row
        }
        for order in effects.deadLetterOrders { obey(order) }
    }

    private mutating func obey(_ order: DeadLetterOrder) {
        for (id, letter) in deadLetters where order.means(id, letter.record) {
            switch order.verb {
            case .retry: retryWanted.insert(id)
            case .discard: if !retryWanted.contains(id) { deadLetters[id] = nil }
            }
        }
    }
}
