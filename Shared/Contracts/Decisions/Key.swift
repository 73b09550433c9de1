/// Names one aggregate of a service: what is locked, loaded and saved as a whole.
///
/// - Shape: keys of one kind are locked in ascending order of their id, kinds in ascending order of their rank.
/// - Source: DESIGN, "Locks".
public struct Key: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let kind: Kind
    public let id: String

    /// A kind of aggregate: an order, a stock level, a member.
    public struct Kind: Hashable, Sendable {
        public let name: String
        /// The place in the service's order of locks.
        public let rank: Int
        /// Read by decisions, changed only by its own reference topic: loaded without a lock.
        public let isReference: Bool

        public init(_ name: String, rank: Int, isReference: Bool = false) {
            self.name = name
            self.rank = rank
            self.isReference = isReference
        }
    }

    public init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }

    /// By what tells keys apart soonest; these are compared and hashed dozens of times a message.
    public static func == (left: Key, right: Key) -> Bool {
        left.id == right.id && left.kind.rank == right.kind.rank && left.kind.name == right.kind.name
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind.rank)
        hasher.combine(id)
    }

    public static func < (left: Key, right: Key) -> Bool {
        left.kind.rank != right.kind.rank ? left.kind.rank < right.kind.rank : left.id < right.id
    }

    /// `kind:id`, as the waiting rows and logs show it.
    public var description: String { "\(kind.name):\(id)" }
}
