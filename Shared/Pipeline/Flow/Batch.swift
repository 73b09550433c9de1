import Contracts
import Kafka

/// One transaction's work on a list of entries: load, decide one after the other, keep the effects for saving.
///
/// - Source: DESIGN section 2, the picture.
struct Batch<H: Handler> {
    /// How often `keys(of:given:)` may name further keys.
    static var maximumRounds: Int { 16 }
    static var maximumWaiting: Int { 500 }

    private let handler: H
    private let now: Instant
    private let machineNow: Instant
    private(set) var state = State<H.Aggregate>()
    private(set) var effects = Effects()
    private(set) var outcome = LaneReport()
    /// Facts in the order they were decided; rows once their versions are known.
    private var facts: [PendingFact] = []
    /// Messages that wait, by the text of their key, oldest first.
    private var waiting: [String: [Waiting]] = [:]
    private var seen: [MessageName: Int64] = [:]

    private struct Waiting {
        var row: WaitingRow
        let entry: Entry<H.Message>
    }

    private struct PendingFact {
        let fact: any Fact
        let cause: Entry<H.Message>
        let at: Instant

        var stream: FactStream { FactStream(topic: fact.topic.name, key: fact.key) }
    }

    init(handler: H, now: Instant, machineNow: Instant) {
        self.handler = handler
        self.now = now
        self.machineNow = machineNow
    }

    /// Handles all entries inside the open transaction of `store`.
    mutating func run<S: Store>(_ entries: [Entry<H.Message>], in store: S, _ probe: CrashProbe) throws
    where S.Aggregate == H.Aggregate {
        seen = try store.known(entries.filter { $0.isNamed }.map(\.name))
        let claimed = try loadAll(entries, from: store)
        try probe(.afterLoad)
        for entry in entries {
            if case .timer(let timer) = entry.origin, !claimed.contains(timer) { continue }
            handle(entry)
        }
        try probe(.afterDecide)
        try stampFacts(store)
        try store.save(state, effects)
        try probe(.afterSave)
    }

    // MARK: loading

    /// Loads what the entries need, and what the messages need that wait for the same keys.
    private mutating func loadAll<S: Store>(
        _ entries: [Entry<H.Message>], from store: S
    ) throws -> Set<DueTimer> where S.Aggregate == H.Aggregate {
        var messages = entries.compactMap { try? $0.message?.get() }
        for _ in 0..<Self.maximumRounds {
            var wanted: Set<Key> = []
            for message in messages {
                for key in handler.keys(of: message, given: state) where !state.isLoaded(key) { wanted.insert(key) }
            }
            if wanted.isEmpty { break }
            let keys = wanted.sorted()
            try store.load(keys, into: &state)
            for row in try store.waiting(for: keys) {
                let entry = reread(row)
                waiting[row.key, default: []].append(Waiting(row: row, entry: entry))
                if let message = try? entry.message?.get() { messages.append(message) }
            }
        }
        let timers = entries.compactMap { if case .timer(let timer) = $0.origin { timer } else { nil } }
        return timers.isEmpty ? [] : try store.claim(timers)
    }

    private func reread(_ row: WaitingRow) -> Entry<H.Message> {
        let topic = H.topic(named: row.record.topic)
        return .reading(row.record, topic: topic, origin: .waiting(id: row.id), by: handler)
    }

    // MARK: deciding

    private mutating func handle(_ entry: Entry<H.Message>) {
        switch entry.origin {
        case .record:
            if let hash = seen[entry.name] {
                outcome.known += 1
                if hash != entry.bodyHash { buryRepeated(entry) }
                return
            }
            seen[entry.name] = entry.bodyHash
            decide(entry, waitedAs: nil)
        case .timer:
            decide(entry, waitedAs: nil)
        case .waiting(let id):
            // Offered by the sweep: it stands in `waiting` already when its key was loaded.
            guard let key = waiting.first(where: { $0.value.contains { $0.row.id == id } })?.key else { return }
            offer(key)
        case .deadLetter(let id):
            if decide(entry, waitedAs: nil) { effects.revived.append(id) }
        }
    }

    /// Decides one message and keeps what follows; answers whether it was decided or is waiting.
    @discardableResult
    private mutating func decide(_ entry: Entry<H.Message>, waitedAs row: WaitingRow?) -> Bool {
        guard let message = entry.message else {
            outcome.ignored += 1
            return true
        }
        do throws(Fault) {
            let message = try message.get()
            let at = entry.decidedAt ?? now
            if row == nil, !waiting.isEmpty { offerWaiting(before: message) }
            let decision = try handler.decide(message, given: state, at: at)
            if let wait = decision.wait {
                try park(entry, wait, row)
            } else {
                apply(decision, of: entry, at: at)
                if let row { effects.unparked.append(row.id) }
            }
            return true
        } catch {
            bury(entry, error)
            if let row { effects.unparked.append(row.id) }
            return false
        }
    }

    private mutating func apply(_ decision: Decision<H.Change>, of entry: Entry<H.Message>, at now: Instant) {
        outcome.handled += 1
        if decision.changesNothing, case .record = entry.origin { return }
        for change in decision.changes { handler.evolve(&state, by: change) }
        for fact in decision.facts { facts.append(PendingFact(fact: fact, cause: entry, at: now)) }
        effects.timers.append(contentsOf: decision.timers)
        effects.journal.append(entry.journalRow(at: now))
        for key in state.takeTouched() {
            guard let aggregate = state[key] else { continue }
            for name in [key] + handler.aliases(of: key, aggregate) {
                if name != key { state.alias(name, of: key) }
                if !waiting.isEmpty { offer(name.description) }
            }
        }
    }

    /// What waited for a key that exists by now was sent before this message, so it is decided before it.
    private mutating func offerWaiting(before message: H.Message) {
        for key in handler.keys(of: message, given: state) where state[key] != nil { offer(key.description) }
    }

    /// Decides what waits for a key, oldest first; stops at the first that has to wait on for it.
    private mutating func offer(_ key: String) {
        guard let queue = waiting.removeValue(forKey: key) else { return }
        for (index, item) in queue.enumerated() {
            let parked = effects.parked.count
            decide(item.entry, waitedAs: item.row)
            let waitsOn = effects.parked.count > parked && effects.parked[parked].key == key
            if waitsOn {
                waiting[key, default: []].append(contentsOf: queue[(index + 1)...])
                return
            }
        }
    }

    private mutating func park(_ entry: Entry<H.Message>, _ wait: Wait, _ row: WaitingRow?) throws(Fault) {
        guard entry.decidedAt == nil else { throw Fault("a timer cannot wait for \(wait.key)") }
        outcome.parked += 1
        if var row {
            if row.deadline <= machineNow { throw Fault(wait.reason) }
            row.offers += 1
            row.key = wait.key.description
            row.retryAt = machineNow + min(.seconds(1 << min(row.offers, 6)), .seconds(60))
            effects.parked.append(row)
            return
        }
        effects.parked.append(
            WaitingRow(
                id: 0, key: wait.key.description, shard: entry.shard, name: entry.name, bodyHash: entry.bodyHash,
                record: entry.record, reason: wait.reason, parkedAt: machineNow, deadline: machineNow + wait.patience,
                retryAt: machineNow + .seconds(1), offers: 0))
    }

    private mutating func bury(_ entry: Entry<H.Message>, _ fault: Fault) {
        outcome.faults.append(fault)
        effects.bury(entry, fault, at: now, machineNow: machineNow, service: H.service)
        if case .record = entry.origin { effects.journal.append(entry.journalRow(at: now)) }
    }

    /// The id is in the journal already, with the body that came first.
    private mutating func buryRepeated(_ entry: Entry<H.Message>) {
        let fault = Fault("came before with another body", field: "ce_id")
        outcome.faults.append(fault)
        effects.bury(entry, fault, at: now, machineNow: machineNow, service: H.service)
    }

    // MARK: facts

    /// Gives each fact the next version of its topic and key, and makes it a row.
    private mutating func stampFacts<S: Store>(_ store: S) throws {
        guard !facts.isEmpty else { return }
        var counts: [FactStream: Int64] = [:]
        for pending in facts { counts[pending.stream, default: 0] += 1 }
        var next = try store.advanceVersions(counts)
        for (stream, count) in counts { next[stream]! -= count }
        for pending in facts {
            let version = next[pending.stream]! + 1
            next[pending.stream] = version
            effects.outbox.append(
                OutboxRow.fact(
                    pending.fact, version: version, service: H.service, causedBy: pending.cause.messageID,
                    correlationID: pending.cause.correlationID, traceparent: pending.cause.traceparent,
                    at: pending.at, machineNow: machineNow))
        }
        outcome.facts = facts.count
    }
}
