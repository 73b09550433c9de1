public import Kafka
import Synchronization

/// A lane's Kafka consumer; it knows the topics without the installation's prefix.
public final class KafkaSource: RecordSource {
    private let consumer: Consumer
    private let prefix: String
    private let topics: Set<String>
    private var knownLeadingTopic: LeadingTopic?

    /// - Parameters:
    ///   - configuration: Of `KafkaSettings.consumer`.
    ///   - prefix: `TOPIC_PREFIX`, put before every topic and taken off every record.
    public init(configuration: [String: String], topics: [String], prefix: String) throws(KafkaError) {
        consumer = try Consumer(configuration)
        self.prefix = prefix
        self.topics = Set(topics.map { prefix + $0 })
        try consumer.subscribe(self.topics.sorted())
    }

    public func poll(maximum: Int, timeoutMilliseconds: Int) throws -> [KafkaRecord] {
        let records = try consumer.poll(maximum: maximum, timeoutMilliseconds: timeoutMilliseconds)
        guard !prefix.isEmpty else { return records }
        return records.map { $0.renamed(String($0.topic.dropFirst(prefix.count))) }
    }

    public func store(_ next: [TopicPartition: Int64]) throws {
        guard !next.isEmpty else { return }
        try consumer.storeOffsets(
            Dictionary(uniqueKeysWithValues: next.map { ($0.key.prefixed(prefix), $0.value) }))
    }

    public func commit() throws { try consumer.commit() }

    public func setPaused(_ isPaused: Bool) throws {
        let partitions = consumer.assignment
        if isPaused { try consumer.pause(partitions) } else { try consumer.resume(partitions) }
    }

    public var assignment: [TopicPartition] { consumer.assignment }

    /// Asked of the broker once: the number of partitions of a keyed topic never changes.
    public var leadingTopic: LeadingTopic? {
        if knownLeadingTopic == nil, !consumer.assignment.isEmpty {
            // While the broker is away nobody's timers are looked after, as nobody's messages are.
            let all = (try? consumer.topics(timeoutMilliseconds: 1000)) ?? []
            let mine = all.filter { topics.contains($0.name) }.map { ($0.name, $0.partitionCount) }
            if mine.count == topics.count { knownLeadingTopic = LeadingTopic(Dictionary(uniqueKeysWithValues: mine)) }
        }
        return knownLeadingTopic
    }

    public func close() { consumer.close() }
}

/// The relay's Kafka producer.
public final class KafkaSink: RecordSink {
    private let producer: Producer
    private let prefix: String

    public init(configuration: [String: String], prefix: String) throws(KafkaError) {
        producer = try Producer(configuration)
        self.prefix = prefix
    }

    public func send(
        topic: String, key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader], token: UInt
    ) throws(KafkaError) {
        try producer.send(topic: prefix + topic, key: key, value: value, headers: headers, token: token)
    }

    public func deliveries(timeoutMilliseconds: Int) -> [Delivery] {
        producer.poll(timeoutMilliseconds: timeoutMilliseconds)
    }

    public func awaitAnswer(timeoutMilliseconds: Int) throws(KafkaError) {
        try producer.awaitAnswer(timeoutMilliseconds: timeoutMilliseconds)
    }

    public var fatalError: KafkaError? { producer.fatalError }

    public func close() {
        _ = producer.flush(timeoutMilliseconds: 5000)
        producer.close()
    }
}

extension KafkaRecord {
    func renamed(_ topic: String) -> KafkaRecord {
        KafkaRecord(
            topic: topic, partition: partition, offset: offset, timestampMilliseconds: timestampMilliseconds, key: key,
            value: value, headers: headers)
    }
}

extension TopicPartition {
    func prefixed(_ prefix: String) -> TopicPartition {
        prefix.isEmpty ? self : TopicPartition(topic: prefix + topic, partition: partition)
    }
}
