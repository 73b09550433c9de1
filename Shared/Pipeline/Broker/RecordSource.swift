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
    func close()
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
