/// The aggregates that one batch works on: loaded under their locks, changed in memory, saved together.
///
/// A key that was loaded and has no value does not exist yet. Reading a key that nobody loaded is a bug.
public struct State<Aggregate: Sendable>: Sendable {
    /// What a key was found to be.
    private enum Place {
        case empty
        case value(Aggregate)
        /// Another name of this key.
        case alias(Key)
    }

    private var places: [Key: Place] = [:]
    /// Keys whose value differs from the stored one, in no order.
    public private(set) var changed: Set<Key> = []
    private var touched: [Key] = []

    public init() {}

    public func isLoaded(_ key: Key) -> Bool { places[key] != nil }

    /// The value under its key or one of its other names.
    public subscript(key: Key) -> Aggregate? {
        switch places[key] {
        case .value(let value): return value
        case .empty: return nil
        case .alias(let name):
            guard case .value(let value) = places[name] else { return nil }
            return value
        case nil: preconditionFailure("\(key) was not named by keys(of:given:)")
        }
    }

    /// Puts down that a key was looked up, with what was found; what has been changed meanwhile stays.
    public mutating func load(_ key: Key, _ value: Aggregate?) {
        if let value {
            if !changed.contains(key) { places[key] = .value(value) }
        } else if places[key] == nil {
            places[key] = .empty
        }
    }

    /// Puts down that `alias` is another name of the aggregate `key`.
    public mutating func alias(_ alias: Key, of key: Key) { places[alias] = .alias(key) }

    /// Creates or replaces an aggregate.
    public mutating func set(_ key: Key, _ value: Aggregate) {
        var name = key
        if case .alias(let other) = places[key] { name = other }
        places[name] = .value(value)
        changed.insert(name)
        touched.append(name)
    }

    /// The keys set since the last call, in order: those whose waiting messages may go on.
    public mutating func takeTouched() -> [Key] {
        defer { touched.removeAll(keepingCapacity: true) }
        return touched
    }
}
