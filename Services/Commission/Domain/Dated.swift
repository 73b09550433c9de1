public import Contracts

/// A value that changed over time: each one holds from its own moment until the next begins.
///
/// - Source: CONTRACTS section 2, `effectiveFrom`.
public struct Dated<Value: Sendable & Equatable>: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        public let from: Instant
        public let value: Value
    }

    /// Earliest first; no two begin at once.
    public private(set) var entries: [Entry] = []

    public init() {}

    /// The newest value that holds then; before the first one that first one, because a record may be dated late.
    public func value(at instant: Instant) -> Value? {
        (entries.last { $0.from <= instant } ?? entries.first)?.value
    }

    /// Puts a value down from a moment on, in place of one that began at the same moment.
    public mutating func set(_ value: Value, from instant: Instant) {
        entries.removeAll { $0.from == instant }
        let place = entries.firstIndex { $0.from > instant } ?? entries.endIndex
        entries.insert(Entry(from: instant, value: value), at: place)
    }
}
