import Synchronization

/// Which ids came lately with which message, so that a repeated one is answered and a reused one refused at once.
///
/// It forgets: at most `limit` ids twice over, of this process alone. Whatever it has forgotten the pipeline's inbox
/// still knows: a repeated message has no second effect, a reused id becomes a dead letter.
public final class RecentDeliveries: Sendable {
    public enum Finding: Equatable, Sendable {
        case new
        /// Came before; `isStored` when the broker has acknowledged it.
        case same(isStored: Bool)
        case other
    }

    private struct Entry {
        let fingerprint: [UInt8]
        var isStored: Bool
    }

    /// Two generations: when the younger one is full the older one is forgotten.
    private struct Generations {
        var young: [String: Entry] = [:]
        var old: [String: Entry] = [:]
    }

    private let limit: Int
    private let generations = Mutex(Generations())

    public init(limit: Int = 50_000) { self.limit = limit }

    /// Looks an id up, and keeps it with this message when it is new.
    public func note(_ id: String, _ fingerprint: [UInt8]) -> Finding {
        generations.withLock { generations in
            if let entry = generations.young[id] ?? generations.old[id] {
                return entry.fingerprint == fingerprint ? .same(isStored: entry.isStored) : .other
            }
            Self.keep(id, Entry(fingerprint: fingerprint, isStored: false), limit, &generations)
            return .new
        }
    }

    public func stored(_ id: String, _ fingerprint: [UInt8]) {
        generations.withLock { Self.keep(id, Entry(fingerprint: fingerprint, isStored: true), limit, &$0) }
    }

    /// The broker will never take it: the id is free again.
    public func forget(_ id: String) {
        generations.withLock { generations in
            generations.young[id] = nil
            generations.old[id] = nil
        }
    }

    private static func keep(_ id: String, _ entry: Entry, _ limit: Int, _ generations: inout Generations) {
        if generations.young.count >= limit, generations.young[id] == nil {
            generations.old = generations.young
            generations.young = [:]
        }
        generations.young[id] = entry
    }
}
