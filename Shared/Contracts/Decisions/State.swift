/// The aggregates that one batch works on: loaded under their locks, changed in memory, saved together.
///
/// A key that was loaded and has no value does not exist yet. Reading a key that nobody loaded is a bug.
public struct State<Aggregate: Sendable>: Sendable {
    private var values: [Key: Aggregate] = [:]
    private var aliases: [Key: Key] = [:]
    private var loaded: Set<Key> = []
    /// Keys whose value differs from the stored one, in no order.
    public private(set) var changed: Set<Key> = []
    private var touched: [Key] = []

    public init() {}

    public func isLoaded(_ key: Key) -> Bool { loaded.contains(key) }

    /// The value under its key or one of its other names.
    public subscript(key: Key) -> Aggregate? {
        precondition(loaded.contains(key), "\(key) was not named by keys(of:given:)")
        return values[aliases[key] ?? key]
    }

    /// Puts down that a key was looked up, with what was found; what has been changed meanwhile stays.
    public mutating func load(_ key: Key, _ value: Aggregate?) {
        loaded.insert(key)
        if let value, !changed.contains(key) { values[key] = value }
    }

    /// Puts down that `alias` is another name of the aggregate `key`.
    public mutating func alias(_ alias: Key, of key: Key) {
        loaded.insert(alias)
        aliases[alias] = key
    }

    /// Creates or replaces an aggregate.
    public mutating func set(_ key: Key, _ value: Aggregate) {
        let name = aliases[key] ?? key
        loaded.insert(name)
        values[name] = value
        changed.insert(name)
        touched.append(name)
    }

    /// The keys set since the last call, in order: those whose waiting messages may go on.
    public mutating func takeTouched() -> [Key] {
        defer { touched.removeAll(keepingCapacity: true) }
        return touched
    }
}
