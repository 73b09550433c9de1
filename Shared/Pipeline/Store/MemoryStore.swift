public import Contracts
import Foundation

/// A store in memory with rollback: the same promises as the real one, for tests and simulations.
///
/// Several lanes may share one `MemoryDatabase`; a transaction holds it whole, and works on a copy.
public final class MemoryStore<Aggregate: Sendable>: Store {
    private let database: MemoryDatabase<Aggregate>
    private let aliases: (Key, Aggregate) -> [Key]
    private let derived: (Key, [Key: Aggregate]) -> Aggregate?
    private var working = MemoryDatabase<Aggregate>.Contents()

    public init(
        _ database: MemoryDatabase<Aggregate>,
        derived: @escaping (Key, [Key: Aggregate]) -> Aggregate? = { _, _ in nil },
        aliases: @escaping (Key, Aggregate) -> [Key]
    ) {
        self.database = database
        self.derived = derived
        self.aliases = aliases
    }

    public func transaction(_ body: () throws -> Void) throws {
        try database.exclusively { contents in
            working = contents
            try body()
            contents = working
        }
    }

    public func known(_ messages: [MessageName]) throws -> [MessageName: Int64] {
        var known: [MessageName: Int64] = [:]
        let waiting = Dictionary(working.waiting.values.map { ($0.name, $0.bodyHash) }) { first, _ in first }
        for message in messages { known[message] = working.journal[message]?.bodyHash ?? waiting[message] }
        return known
    }

    public func load(_ keys: [Key], into state: inout State<Aggregate>) throws {
        for key in keys {
            if let name = working.aliases[key] {
                state.load(name, working.aggregates[name])
                state.alias(key, of: name)
            } else {
                state.load(key, derived(key, working.aggregates) ?? working.aggregates[key])
            }
        }
    }

    public func waiting(for keys: [String]) throws -> [WaitingRow] {
        let rows = working.waiting.values.filter { keys.contains($0.key) }
        return Array(rows.sorted { $0.id < $1.id }.prefix(WaitingRow.maximumOffered))
    }

    public func claim(_ timers: [DueTimer]) throws -> Set<DueTimer> {
        var claimed: Set<DueTimer> = []
        for timer in timers where working.timers[TimerName(timer)] == timer.due {
            working.timers[TimerName(timer)] = nil
            claimed.insert(timer)
        }
        return claimed
    }

    public func advanceVersions(_ counts: [FactStream: Int64]) throws -> [FactStream: Int64] {
        var last: [FactStream: Int64] = [:]
        for (stream, count) in counts {
            working.versions[stream, default: 0] += count
            last[stream] = working.versions[stream]
        }
        return last
    }

    public func save(_ state: State<Aggregate>, _ effects: Effects) throws {
        for key in state.changed {
            guard let aggregate = state[key] else { continue }
            working.aggregates[key] = aggregate
            for alias in aliases(key, aggregate) { working.aliases[alias] = key }
        }
        working.keep(effects)
    }

    public func dueTimers(at now: Instant, shards: [Int32], atMost limit: Int) throws -> [DueTimer] {
        database.exclusively { contents in
            let due = contents.timers.filter { $0.value <= now && shards.contains($0.key.shard) }
            let sorted = due.sorted { ($0.value, $0.key.key) < ($1.value, $1.key.key) }.prefix(limit)
            return sorted.map { DueTimer(kind: $0.key.kind, key: $0.key.key, due: $0.value) }
        }
    }

    public func ripeWaits(at machineNow: Instant, shards: [Int32], atMost limit: Int) throws -> [WaitingRow] {
        database.exclusively { contents in
            let ripe = contents.waiting.values.filter { $0.retryAt <= machineNow && shards.contains($0.shard) }
            return Array(ripe.sorted { $0.id < $1.id }.prefix(limit))
        }
    }

    public func deadLetters(toRetry limit: Int, shards: [Int32]) throws -> [DeadLetterRow] {
        database.exclusively { contents in
            let wanted = contents.deadLetters.values.filter {
                contents.retryWanted.contains($0.id) && shards.contains($0.shard)
            }
            return Array(wanted.sorted { $0.id < $1.id }.prefix(limit))
        }
    }
}

/// A timer's name without its due time.
struct TimerName: Hashable, Sendable {
    let kind: String
    let key: String

    init(kind: String, key: String) {
        self.kind = kind
        self.key = key
    }

    init(_ timer: DueTimer) { self.init(kind: timer.kind, key: timer.key) }

    var shard: Int32 { Shard.lane(of: key) }
}
