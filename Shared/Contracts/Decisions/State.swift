/// The aggregates that one batch works on: loaded under their locks, changed in memory, saved together.
///
/// A key that was loaded and has no value does not exist yet. Reading a key that nobody loaded is a bug.
public struct State<Aggregate: Sendable>: Sendable {
    /// Where the value of each loaded key stands; all names of an aggregate share its place.
    ///
    /// Apart from the values, because keys are looked up far more often than values are read, and a dictionary of keys
    /// and numbers is fast in code that does not know the aggregate's type.
    private var places: [Key: Int] = [:]
    private var values: [Aggregate?] = []
    /// The key under which the value of each place is stored.
    private var names: [Key] = []
    /// Keys whose value differs from the stored one, in no order.
    public private(set) var changed: Set<Key> = []
    private var touched: [Key] = []
    /// Per place: what is there now is not what was loaded, or is found under another place.
    private var moved: [Bool] = []

    public init() {}

    public func isLoaded(_ key: Key) -> Bool { places[key] != nil }

    /// Where a loaded key's value stands, as long as nothing has moved there.
    public func place(of key: Key) -> Int? { places[key] }

    /// Whether what stood at a place has been changed or named anew since it was loaded.
    public func hasMoved(_ place: Int) -> Bool { moved[place] }

    /// The value under its key or one of its other names.
    public subscript(key: Key) -> Aggregate? {
        guard let place = places[key] else { preconditionFailure("\(key) was not named by keys(of:given:)") }
        return values[place]
    }

    /// Puts down that a key was looked up, with what was found; what has been changed meanwhile stays.
    public mutating func load(_ key: Key, _ value: Aggregate?) {
        let place = makePlace(of: key)
        if let value, !changed.contains(names[place]) { values[place] = value }
    }

    /// Puts down that `alias` is another name of the aggregate `key`.
    public mutating func alias(_ alias: Key, of key: Key) {
        let place = makePlace(of: key)
        guard let former = places.updateValue(place, forKey: alias), former != place else { return }
        moved[former] = true
    }

    /// Creates or replaces an aggregate.
    public mutating func set(_ key: Key, _ value: Aggregate) {
        let place = makePlace(of: key)
        values[place] = value
        moved[place] = true
        changed.insert(names[place])
        touched.append(names[place])
    }

    /// The keys set since the last call, in order: those whose waiting messages may go on.
    public mutating func takeTouched() -> [Key] {
        defer { touched.removeAll(keepingCapacity: true) }
        return touched
    }

    private mutating func makePlace(of key: Key) -> Int {
        if let place = places[key] { return place }
        places[key] = values.count
        values.append(nil)
        moved.append(false)
        names.append(key)
        return values.count - 1
    }
}
