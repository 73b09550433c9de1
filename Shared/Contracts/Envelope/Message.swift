/// The body of a message: a type of `CONTRACTS` with its wire name.
public protocol Message: JSONCoded {
    /// The full `ce_type`: `channel.order.v1`, `tributary.intake.orders.OrderPlaced.v1`.
    static var type: String { get }
}

/// What a service decided, told to everyone.
///
/// - Shape: `version` counts the facts of one topic and key from 1 without gaps; the pipeline gives it while the key
///   is locked, so a domain leaves it at 0.
public protocol Fact: Message {
    static var topic: Topic { get }
    /// Where this one is published; differs from the type's topic only where several services share the type.
    var topic: Topic { get }
    var version: Int64 { get set }
    /// The record key: the business id that the topic is ordered by.
    var key: String { get }
    /// It is published without a value: what was said under its key is to be forgotten.
    var isTombstone: Bool { get }
}

extension Fact {
    public var topic: Topic { Self.topic }
    public var isTombstone: Bool { false }
}

/// An operator's or the console's wish, idempotent by `commandID`.
public protocol Command: Message {
    var commandID: String { get }
    var actor: String { get }
    var reason: String { get }
    var issuedAt: Instant { get }
}
