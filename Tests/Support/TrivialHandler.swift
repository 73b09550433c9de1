public import Contracts
public import Pipeline

/// The smallest service that uses everything the pipeline offers: what the pipeline's own tests run.
///
/// `test.open.v1` makes a counter, `test.add.v1` adds to one and waits when it is missing, a negative amount is a
/// fault, a timer lets a counter rest 60 seconds after the last addition, rules come from a reference topic.
public struct TrivialHandler: Handler {
    public enum Message: Sendable, Equatable {
        case open(OpenCounter)
        case add(AddToCounter)
        case hush(HushCounter)
        case rule(CounterRule)
        case rest(counter: String)
    }

    public enum Change: Sendable {
        case set(Key, Aggregate)
    }

    public enum Aggregate: Sendable, Equatable {
        case counter(Counter)
        case rule(CounterRule)
    }

    public struct Counter: Sendable, Equatable {
        public var total: Int64 = 0
        public var factor: Int64 = 1
        public var nickname: String?
        public var parent: String?
        /// Whether its row is there already: set when it is read.
        public var isStored = false

        /// As it is after it was opened.
        public static let fresh = Counter()
    }

    public static let service = "test"
    public static let topics: [Topic] = [.testCounters, .testAdds, .commands(of: service)]
    public static let referenceTopics: [Topic] = [.testRules]
    public static let patience = Duration.minutes(5)
    public static let restsAfter = Duration.seconds(60)

    /// Called before each decision, for tests that let a certain message kill the process.
    private let beforeDeciding: @Sendable (Message) -> Void

    public init(beforeDeciding: @escaping @Sendable (Message) -> Void = { _ in }) {
        self.beforeDeciding = beforeDeciding
    }

    public func message(_ inbound: Inbound) throws(Fault) -> Message? {
        guard let body = inbound.body else { throw Fault("has no value") }
        return switch inbound.envelope.type {
        case OpenCounter.type: .open(try OpenCounter(body))
        case AddToCounter.type: .add(try AddToCounter(body))
        case HushCounter.type: .hush(try HushCounter(body))
        case CounterRule.type: .rule(try CounterRule(body))
        default: nil
        }
    }

    public func message(_ timer: DueTimer) throws(Fault) -> Message {
        guard timer.kind == "rest" else { throw Fault("timer \(timer.kind) is unknown") }
        return .rest(counter: timer.key)
    }

    public func keys(of message: Message, given state: State<Aggregate>) -> [Key] {
        switch message {
        case .open(let open):
            [.counter(open.counter)] + [open.nickname, open.parent].compactMap { $0 }.map(Key.counter)
                + [open.rule].compactMap { $0 }.map(Key.rule)
        case .add(let add):
            [add.counter, add.also].compactMap { $0 }.flatMap { family(of: $0, state) }
        case .hush(let hush): [.counter(hush.counter)]
        case .rule(let rule): [.rule(rule.rule)]
        case .rest(let counter): [.counter(counter)]
        }
    }

    /// A counter and its parents, as far as they are loaded.
    private func family(of counter: String, _ state: State<Aggregate>) -> [Key] {
        let key = Key.counter(counter)
        guard state.isLoaded(key), let parent = state.counter(counter)?.parent else { return [key] }
        return [key] + family(of: parent, state)
    }

    public func decide(
        _ message: Message, given state: State<Aggregate>, at now: Instant
    ) throws(Fault) -> Decision<Change> {
        beforeDeciding(message)
        switch message {
        case .open(let open): return self.open(open, state)
        case .add(let add): return try self.add(add, state, now)
        case .hush(let hush):
            return Decision(timers: [.cancel(kind: "rest", key: hush.counter)])
        case .rule(let rule):
            return Decision(changes: [.set(.rule(rule.rule), .rule(rule))])
        case .rest(let name):
            guard let counter = state.counter(name) else { throw Fault("counter \(name) is missing") }
            return Decision(facts: [CounterChanged(name, .rested, total: counter.total)])
        }
    }

    public func evolve(_ state: inout State<Aggregate>, by change: Change) {
        switch change {
        case .set(let key, let aggregate): state.set(key, aggregate)
        }
    }

    public func aliases(of key: Key, _ aggregate: Aggregate) -> [Key] {
        guard case .counter(let counter) = aggregate, let nickname = counter.nickname else { return [] }
        return [.counter(nickname)]
    }

    private func open(_ open: OpenCounter, _ state: State<Aggregate>) -> Decision<Change> {
        if state.counter(open.counter) != nil { return .nothing }
        var counter = Counter(nickname: open.nickname, parent: open.parent)
        if let name = open.rule {
            guard case .rule(let rule)? = state[.rule(name)] else {
                return .waits(for: .rule(name), reason: "rule \(name) is unknown", patience: Self.patience)
            }
            counter.factor = rule.factor
        }
        if let parent = open.parent, state.counter(parent) == nil {
            return .waits(for: .counter(parent), reason: "counter \(parent) is unknown", patience: Self.patience)
        }
        return Decision(
            changes: [.set(.counter(open.counter), .counter(counter))],
            facts: [CounterChanged(open.counter, .opened, total: 0)])
    }

    private func add(
        _ add: AddToCounter, _ state: State<Aggregate>, _ now: Instant
    ) throws(Fault) -> Decision<Change> {
        guard add.amount >= 0 else { throw Fault("\(add.amount) is negative", field: "amount") }
        var decision = Decision<Change>()
        for name in [add.counter, add.also].compactMap({ $0 }) {
            guard let counter = state.counter(name) else {
                return .waits(for: .counter(name), reason: "counter \(name) is unknown", patience: Self.patience)
            }
            if add.amount == 0 { continue }
            raise(name, counter, by: add.amount * counter.factor, &decision)
            var parent = counter.parent
            while let name = parent, let above = state.counter(name) {
                raise(name, above, by: add.amount, &decision)
                parent = above.parent
            }
            decision.timers.append(.set(kind: "rest", key: name, due: now + Self.restsAfter))
        }
        return decision
    }

    private func raise(_ name: String, _ counter: Counter, by amount: Int64, _ decision: inout Decision<Change>) {
        var counter = counter
        counter.total += amount
        decision.changes.append(.set(.counter(name), .counter(counter)))
        decision.facts.append(CounterChanged(name, .added, total: counter.total))
    }
}

extension Key {
    private static let counters = Kind("counter", rank: 1)
    private static let rules = Kind("rule", rank: 0, isReference: true)

    public static func counter(_ name: String) -> Key { Key(counters, name) }
    public static func rule(_ name: String) -> Key { Key(rules, name) }
    public var isRule: Bool { kind == Self.rules }
}

extension State<TrivialHandler.Aggregate> {
    public func counter(_ name: String) -> TrivialHandler.Counter? {
        guard case .counter(let counter)? = self[.counter(name)] else { return nil }
        return counter
    }
}
