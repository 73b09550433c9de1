public import Kafka

/// Where a lane takes records from; the real one is a Kafka consumer, the other lives in memory.
public protocol RecordSource: AnyObject {
    /// Records that are there, at most `maximum`; waits up to `timeoutMilliseconds` for the first.
    func poll(maximum: Int, timeoutMilliseconds: Int) throws -> [KafkaRecord]
    /// Puts down positions behind the last handled records.
    func store(_ next: [TopicPartition: Int64]) throws
    /// Makes the stored positions durable now.
    func commit() throws
    /// Stops or restarts delivery of all partitions; polling goes on, so that the group keeps this member.
    func setPaused(_ isPaused: Bool) throws
    var assignment: [TopicPartition] { get }
    /// By whose partitions the service's lanes share out timers and waiting messages; `nil` while nobody knows.
    var leadingTopic: LeadingTopic? { get }
    func close()
}

extension RecordSource {
    /// The shards this lane looks after: those of the partitions it reads of the leading topic.
    ///
    /// A shard belongs to the partition of its number, counted round: with any number of partitions every shard has
    /// one lane, and with 12 that lane also reads the shard's messages.
    var shards: [Int32] {
        guard let leadingTopic else { return [] }
        let numbers = Set(assignment.filter { $0.topic == leadingTopic.name }.map(\.partition))
        return (0..<Shard.laneCount).filter { numbers.contains($0 % Int32(leadingTopic.partitionCount)) }
    }
}

/// Of the topics that a lane reads, the one of most partitions; of several, the first by name.
public struct LeadingTopic: Sendable, Equatable {
    /// As the source's assignment names it.
    public let name: String
    public let partitionCount: Int

    /// - Parameter counts: Of every topic, the number of partitions it has at the broker.
    public init?(_ counts: [String: Int]) {
        let order = counts.filter { $0.value > 0 }.min { ($1.value, $0.key) < ($0.value, $1.key) }
        guard let (name, partitionCount) = order else { return nil }
        self.name = name
        self.partitionCount = partitionCount
    }
}

/// Where the relay sends records to.
public protocol RecordSink: AnyObject {
    /// - Throws: `KafkaError` with `isQueueFull` when it must be tried again after `deliveries`.
    func send(
        topic: String, key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader], token: UInt
    ) throws(KafkaError)
    /// What was acknowledged or refused since the last call; waits up to `timeoutMilliseconds` for the first.
    func deliveries(timeoutMilliseconds: Int) -> [Delivery]
    /// Asks the broker for a sign of life and returns when it has come.
    func awaitAnswer(timeoutMilliseconds: Int) throws(KafkaError)
    var fatalError: KafkaError? { get }
    func close()
}
