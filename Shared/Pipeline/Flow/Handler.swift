public import Contracts

/// What a service adds to the pipeline: which messages it takes, what it must know for each, and what it decides.
///
/// One handler serves all topics of a service, because they all touch the same aggregates. Everything here is pure;
/// reading and writing rows is the work of its `Tables`.
/// - Source: DESIGN section 2, "Handler".
public protocol Handler: Sendable {
    /// One case per type the service takes, timers included.
    associatedtype Message: Sendable
    associatedtype Change: Sendable
    /// One case per kind of aggregate.
    associatedtype Aggregate: Sendable

    /// The service's name as topics, groups and schemas carry it: `after-sales`.
    static var service: String { get }
    /// Topics the lanes read together, so that an order's messages meet in one lane.
    static var topics: [Topic] { get }
    /// Topics with one partition that are read to their end before anything else.
    static var referenceTopics: [Topic] { get }

    /// Reads a record; `nil` when its type is none the service takes.
    func message(_ inbound: Inbound) throws(Fault) -> Message?
    /// Reads a timer that the service has set itself.
    func message(_ timer: DueTimer) throws(Fault) -> Message

    /// Keys that must be loaded to decide, as far as they can be known from what is loaded already.
    ///
    /// Called again after each load until it names nothing new, at most `Batch.maximumRounds` times.
    func keys(of message: Message, given state: State<Aggregate>) -> [Key]
    /// Reads and never mutates; a refusal is a fact in the decision, a fault is a message that makes no sense.
    func decide(_ message: Message, given state: State<Aggregate>, at now: Instant) throws(Fault) -> Decision<Change>
    /// Applies one change; total.
    func evolve(_ state: inout State<Aggregate>, by change: Change)
    /// Other keys under which an aggregate is asked for.
    func aliases(of key: Key, _ aggregate: Aggregate) -> [Key]
    /// What stores in memory work out of everything stored, where tables keep a sum; `nil` for what is stored itself.
    func derived(_ key: Key, from stored: [Key: Aggregate]) -> Aggregate?
}

extension Handler {
    public func aliases(of key: Key, _ aggregate: Aggregate) -> [Key] { [] }

    public func derived(_ key: Key, from stored: [Key: Aggregate]) -> Aggregate? { nil }
}

/// A timer whose time has come.
public struct DueTimer: Hashable, Sendable {
    public let kind: String
    public let key: String
    public let due: Instant

    public init(kind: String, key: String, due: Instant) {
        self.kind = kind
        self.key = key
        self.due = due
    }

    /// Names the message that a timer becomes in the journal.
    public var messageID: String { "timer:\(kind)/\(key)/\(due.milliseconds)" }
}
