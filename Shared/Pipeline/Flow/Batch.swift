import Contracts
import Kafka

/// One transaction's work on a list of entries: load, decide one after the other, keep the effects for saving.
///
/// - Source: DESIGN section 2, the picture.
struct Batch<H: Handler, S: Store> where S.Aggregate == H.Aggregate {
    /// How often `keys(of:given:)` may name further keys.
    static var maximumRounds: Int { 16 }

    private let handler: H
    private let store: S
    private let now: Instant
    private let machineNow: Instant
    private let mode: BatchMode
    private var state = State<H.Aggregate>()
    private var effects = Effects()
    private(set) var outcome = LaneReport()
    private var facts: [PendingFact<H.Message>] = []
    private var queues = WaitingQueues<H.Message>()
    /// Keys whose waiting messages have been read, and those whose waiting messages are to be offered next.
    private var asked: Set<String> = []
    private var ready: [String] = []
    private var seen: [MessageName: Int64] = [:]
    /// Per entry, where in the state stands what it needs, once all of that is loaded.
    private var needs: [[Int]?] = []

    init(handler: H, store: S, now: Instant, machineNow: Instant, mode: BatchMode = .together) {
        self.handler = handler
        self.store = store
        self.now = now
        self.machineNow = machineNow
        self.mode = mode
    }

    /// Handles all entries inside the store's open transaction.
    mutating func run(_ entries: [Entry<H.Message>], _ probe: CrashProbe) throws {
        try recognise(entries)
        let claimed = try loadAll(entries)
        try probe(.afterLoad)
        for (index, entry) in entries.enumerated() {
            if case .timer(let timer) = entry.origin, !claimed.contains(timer) { continue }
            try handle(entry, needing: needs[index])
            try offerReady()
        }
        try offerUnasked()
        try probe(.afterDecide)
        try stampFacts()
        effects.parked = queues.changedRows
        try store.save(state, effects)
        try probe(.afterSave)
    }

    // MARK: loading

    /// Which messages were handled before; of those that came with another body, whether that one was put aside.
    private mutating func recognise(_ entries: [Entry<H.Message>]) throws {
        let named = entries.filter(\.isNamed)
        seen = try store.known(named.map(\.name))
        var first = seen
        var others: [MessageName] = []
        for entry in named {
            if let hash = first[entry.name], hash != entry.bodyHash { others.append(entry.otherName) }
            first[entry.name] = first[entry.name] ?? entry.bodyHash
        }
        if !others.isEmpty { seen.merge(try store.known(others)) { known, _ in known } }
    }

    /// Loads what the entries need, and what the messages need that wait for the same keys; claims the timers.
    private mutating func loadAll(_ entries: [Entry<H.Message>]) throws -> Set<DueTimer> {
        needs = [[Int]?](repeating: nil, count: entries.count)
        var messages = entries.indices.compactMap { Unsure(entries[$0].content, entry: $0) }
        for entry in entries { messages += try takeWaiting(for: entry) }
        if mode.verdict == nil { _ = try load(messages) }
        let timers = entries.compactMap { if case .timer(let timer) = $0.origin { timer } else { nil } }
        return timers.isEmpty ? [] : try store.claim(timers)
    }

    /// Loads keys until the messages name no further ones; answers false when they never end.
    private mutating func load(_ messages: [Unsure<H.Message>]) throws -> Bool {
        // Only a message for which something was loaded can name further keys.
        var unsure = messages
        for _ in 0..<Self.maximumRounds {
            var wanted: Set<Key> = []
            var left: [Unsure<H.Message>] = []
            for message in unsure {
                let (places, missing) = state.places(of: handler.keys(of: message.message, given: state))
                if missing.isEmpty {
                    if let entry = message.entry { needs[entry] = places }
                } else {
                    wanted.formUnion(missing)
                    left.append(message)
                }
            }
            unsure = left
            if unsure.isEmpty { return true }
            let keys = wanted.sorted()
            try store.load(keys, into: &state)
            if mode.offersWaiting { unsure += try takeWaiting(for: keys.map(\.description)) }
        }
        return false
    }

    /// Reads the queue of a waiting message that is offered, or only itself when it is alone.
    private mutating func takeWaiting(for entry: Entry<H.Message>) throws -> [Unsure<H.Message>] {
        guard case .waiting(let row) = entry.origin else { return [] }
        let offersAll = mode.offersWaiting
        return try takeWaiting(for: [row.key]) { offersAll || $0.id == row.id }
    }

    private mutating func takeWaiting(
        for keys: [String], where isWanted: (WaitingRow) -> Bool = { _ in true }
    ) throws -> [Unsure<H.Message>] {
        let fresh = keys.filter { asked.insert($0).inserted }
        guard !fresh.isEmpty else { return [] }
        var messages: [Unsure<H.Message>] = []
        for row in try store.waiting(for: fresh).filter(isWanted) {
            let topic = H.topic(named: row.record.topic)
            let entry = Entry<H.Message>.reading(row.record, topic: topic, origin: .waiting(row), by: handler)
            queues.put(WaitingQueues.Item(row: row, entry: entry, isChanged: false))
            if let message = Unsure(entry.content) { messages.append(message) }
        }
        return messages
    }

    // MARK: deciding

    private mutating func handle(_ entry: Entry<H.Message>, needing needs: [Int]?) throws {
        switch entry.origin {
        case .record, .deadLetter:
            if let hash = seen[entry.name] {
                outcome.known += 1
                if hash != entry.bodyHash { buryOther(entry) }
                return
            }
            seen[entry.name] = entry.bodyHash
            try decide(entry, needing: needs)
        case .timer:
            var entry = entry
            if seen[entry.name] != nil {
                // Set once more for an instant that has fired: claimed anew, hence decided anew.
                entry.name = MessageName(day: entry.name.day, id: "\(entry.name.id)/\(machineNow.milliseconds)")
            }
            try decide(entry, needing: needs)
        case .waiting(let row):
            if mode.offersWaiting {
                ready.append(row.key)
            } else if let item = queues.take(id: row.id, of: row.key) {
                try decide(item.entry, waitedAs: item)
            }
        }
    }

    /// Decides one message and keeps what follows.
    ///
    /// - Parameter needs: Where what it needs stands, if that was loaded with the batch.
    private mutating func decide(
        _ entry: Entry<H.Message>, needing needs: [Int]? = nil, waitedAs item: WaitingQueues<H.Message>.Item? = nil
    ) throws {
        if let verdict = mode.verdict { return bury(entry, verdict) }
        switch entry.content {
        case .ignored:
            outcome.ignored += 1
            effects.settle(entry)
        case .unreadable(let fault):
            bury(entry, fault)
        case .command(let command):
            obey(command, entry)
        case .message(let message):
            guard try needs.map(state.isUnmoved) ?? false || load([Unsure(message: message)]) else {
                return bury(entry, Fault("names further keys after \(Self.maximumRounds) rounds of loading"))
            }
            if item == nil { try offerWaiting(before: message) }
            let at = entry.decidedAt ?? now
            do throws(Fault) {
                let decision = try handler.decide(message, given: state, at: at)
                if let wait = decision.wait {
                    try park(entry, wait, item)
                } else {
                    apply(decision, of: entry, message, at: at)
                }
            } catch {
                bury(entry, error)
            }
        }
    }

    private mutating func apply(
        _ decision: Decision<H.Change>, of entry: Entry<H.Message>, _ message: H.Message, at now: Instant
    ) {
        outcome.handled += 1
        effects.settle(entry)
        if decision.changesNothing, case .record = entry.origin { return }
        for change in decision.changes { handler.evolve(&state, by: change) }
        for fact in decision.facts { facts.append(PendingFact(fact: fact, cause: entry, at: now)) }
        effects.timers.append(contentsOf: decision.timers)
        effects.journal.append(entry.journalRow(at: now))
        let touched = state.takeTouched()
        for key in touched { nameAliases(of: key) }
        guard !queues.isEmpty else { return }
        let named = Set(touched).union(handler.keys(of: message, given: state))
        for key in named.sorted() where state.changed.contains(key) { ready += names(of: key) }
    }

    private mutating func obey(_ command: DeadLetterCommand, _ entry: Entry<H.Message>) {
        outcome.handled += 1
        effects.settle(entry)
        if let order = command.order { effects.deadLetterOrders.append(order) }
        facts.append(PendingFact(fact: command.answer(of: H.service), cause: entry, at: now))
        effects.journal.append(entry.journalRow(at: now))
    }

    /// - Parameter item: Set for a message that has waited already.
    private mutating func park(
        _ entry: Entry<H.Message>, _ wait: Wait, _ item: WaitingQueues<H.Message>.Item?
    ) throws(Fault) {
        guard entry.decidedAt == nil else { throw Fault("a timer cannot wait for \(wait.key)") }
        outcome.parked += 1
        guard var item else {
            effects.settle(entry)
            let row = WaitingRow(
                id: 0, key: wait.key.description, shard: entry.shard, name: entry.name, bodyHash: entry.bodyHash,
                record: entry.record, reason: wait.reason, parkedAt: machineNow, deadline: machineNow + wait.patience,
                retryAt: machineNow + .seconds(1), offers: 0)
            return queues.put(WaitingQueues.Item(row: row, entry: entry, isChanged: true))
        }
        if item.row.deadline <= machineNow { throw Fault(wait.reason) }
        item.row.wait(for: wait.key, at: machineNow)
        item.isChanged = true
        queues.put(item)
    }

    private mutating func bury(_ entry: Entry<H.Message>, _ fault: Fault) {
        outcome.faults.append(fault)
        effects.bury(entry, fault, at: now, machineNow: machineNow, service: H.service)
    }

    /// The id is in the journal already, with the body that came first.
    private mutating func buryOther(_ entry: Entry<H.Message>) {
        let field = entry.identity
        var entry = entry
        entry.name = entry.otherName
        guard seen.updateValue(entry.bodyHash, forKey: entry.name) == nil else { return }
        bury(entry, Fault("came before with another body", field: field))
    }

    // MARK: offering

    /// What waited for a key that exists by now was sent before this message, so it is decided before it.
    private mutating func offerWaiting(before message: H.Message) throws {
        guard !queues.isEmpty else { return }
        for key in handler.keys(of: message, given: state) where state[key] != nil { ready += names(of: key) }
        try offerReady()
    }

    /// Decides what waits for the ready keys, each queue oldest first, up to the first that has to wait on.
    private mutating func offerReady() throws {
        while !ready.isEmpty {
            let key = ready.removeFirst()
            guard let item = queues.takeFirst(of: key) else { continue }
            let left = queues.count(of: key)
            try decide(item.entry, waitedAs: item)
            let waitsOn = queues.count(of: key) > left
            if !waitsOn { ready.insert(key, at: 0) }
        }
    }

    /// Aggregates that appeared under names nobody had asked for may have messages waiting for them.
    private mutating func offerUnasked() throws {
        guard mode.offersWaiting else { return }
        for _ in 0..<Self.maximumRounds {
            let keys = state.changed.flatMap { names(of: $0) }.filter { !asked.contains($0) }.sorted()
            guard !keys.isEmpty else { return }
            _ = try takeWaiting(for: keys)
            ready += keys
            try offerReady()
        }
    }

    private func names(of key: Key) -> [String] {
        guard let aggregate = state[key] else { return [] }
        return [key.description] + handler.aliases(of: key, aggregate).map(\.description)
    }

    private mutating func nameAliases(of key: Key) {
        guard let aggregate = state[key] else { return }
        for alias in handler.aliases(of: key, aggregate) where alias != key { state.alias(alias, of: key) }
    }

    // MARK: facts

    private mutating func stampFacts() throws {
        guard !facts.isEmpty else { return }
        var counts: [FactStream: Int64] = [:]
        for pending in facts { counts[pending.stream, default: 0] += 1 }
        let last = try store.advanceVersions(counts)
        effects.outbox += PendingFact.rows(facts, counts, last: last, service: H.service, machineNow: machineNow)
        outcome.facts = facts.count
    }
}
