public import Contracts
import Kafka

/// Where a service keeps what it knows; real and in memory, both held to one conformance suite.
///
/// One store belongs to one lane. Everything but `dueTimers`, `ripeWaits` and `deadLetters` happens inside
/// `transaction`.
public protocol Store<Aggregate>: AnyObject {
    associatedtype Aggregate: Sendable

    /// Commits what `body` did, or nothing when it throws.
    func transaction(_ body: () throws -> Void) throws

    /// Which messages were handled or wait already, with the hash of their body.
    func known(_ messages: [MessageName]) throws -> [MessageName: Int64]
    /// Locks and reads; a key without a value is put down as loaded too.
    func load(_ keys: [Key], into state: inout State<Aggregate>) throws
    /// Locks and reads the messages that wait for any of the keys, oldest first, at most `WaitingRow.maximumOffered`.
    ///
    /// - Parameter keys: As `Key.description` writes them.
    func waiting(for keys: [String]) throws -> [WaitingRow]
    /// Takes timers out, under the locks of their aggregates; those another lane took are missing in the answer.
    func claim(_ timers: [DueTimer]) throws -> Set<DueTimer>
    /// Gives each stream so many versions and answers the last one given.
    func advanceVersions(_ counts: [FactStream: Int64]) throws -> [FactStream: Int64]
    func save(_ state: State<Aggregate>, _ effects: Effects) throws

    /// Timers whose time has come, of the shards of this lane, oldest first.
    func dueTimers(at now: Instant, shards: [Int32], atMost limit: Int) throws -> [DueTimer]
    /// Waiting messages that are to be offered again at the machine's time.
    func ripeWaits(at machineNow: Instant, shards: [Int32], atMost limit: Int) throws -> [WaitingRow]
    /// Dead letters that an operator wants handled again.
    func deadLetters(toRetry limit: Int, shards: [Int32]) throws -> [DeadLetterRow]
}

/// A message's place in the inbox.
public struct MessageName: Hashable, Sendable {
    /// Days since 1970 of the message's own time.
    public let day: Int
    public let id: String

    public init(time: Instant, id: String) { self.init(day: time.day, id: id) }

    init(day: Int, id: String) {
        self.day = day
        self.id = id
    }
}

/// The facts of one topic and key, counted without gaps.
public struct FactStream: Hashable, Comparable, Sendable {
    public let topic: String
    public let key: String

    public init(topic: String, key: String) {
        self.topic = topic
        self.key = key
    }

    public static func < (left: FactStream, right: FactStream) -> Bool {
        (left.topic, left.key) < (right.topic, right.key)
    }
}

/// How timers and waiting rows are shared out: by a shard of their key, which a lane looks after.
///
/// The number is that of the partitions of a keyed topic, so that a lane looks after the keys whose messages it reads;
/// should a broker's topics have another number, `RecordSource.shards` still gives every shard one lane.
public enum Shard {
    public static let laneCount: Int32 = 12
    public static let relayCount: Int32 = 8
}

extension Shard {
    /// The lane shard of a key.
    public static func lane(of key: String) -> Int32 {
        Partitioner.murmur2(key: Array(key.utf8), partitions: Int(laneCount))
    }
}
