/// What a service decided about one message: read-only until `evolve` applies it.
///
/// - Source: DESIGN section 2, "Handler".
public struct Decision<Change: Sendable>: Sendable {
    public var changes: [Change]
    /// What the world is told, in this order.
    public var facts: [any Fact]
    public var timers: [TimerChange]
    /// The message cannot be decided before this aggregate exists; everything else is empty then.
    public private(set) var wait: Wait?

    public init(
        changes: [Change] = [], facts: [any Fact] = [], timers: [TimerChange] = []
    ) {
        self.changes = changes
        self.facts = facts
        self.timers = timers
    }

    /// The message changes nothing: a repetition, or news about something that no longer matters.
    public static var nothing: Decision { Decision() }

    /// The message waits until `key` exists; after `patience` it becomes a dead letter with `reason`.
    public static func waits(for key: Key, reason: String, patience: Duration = .days(7)) -> Decision {
        var decision = Decision()
        decision.wait = Wait(key: key, reason: reason, patience: patience)
        return decision
    }

    public var changesNothing: Bool {
        changes.isEmpty && facts.isEmpty && timers.isEmpty && wait == nil
    }
}

/// What a message waits for.
public struct Wait: Sendable, Equatable {
    public let key: Key
    public let reason: String
    public let patience: Duration
}

/// A timer of an aggregate, set or taken back; a new due time replaces the former one of the same kind and key.
public enum TimerChange: Sendable, Equatable {
    case set(kind: String, key: String, due: Instant)
    case cancel(kind: String, key: String)
}
