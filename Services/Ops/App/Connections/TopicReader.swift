import Contracts
import Kafka

/// Reads whole topics without a group, from their beginning or their end.
///
/// It belongs to one thread.
final class TopicReader {
    enum Start: Int64 {
        case beginning = -2
        case end = -1
    }

    private let consumer: Consumer
    private let places: Set<TopicPartition>
    private let prefix: String
    private var ends: [TopicPartition: Int64] = [:]

    /// - Parameter key: Reads only the partition that records of this key stand in.
    /// - Throws: `OpsFailure` when a topic does not exist.
    init(_ topics: [String], key: String? = nil, from start: Start, _ environment: OpsEnvironment) throws {
        let prefix = environment.topicPrefix
        self.prefix = prefix
        let admin = try Admin(environment.adminProperties())
        defer { admin.close() }
        let existing = try admin.metadata(timeoutMilliseconds: 30_000)
        var places: Set<TopicPartition> = []
        for topic in topics {
            guard let found = existing.first(where: { $0.name == prefix + topic }) else {
                throw OpsFailure("topic \(prefix + topic) does not exist; `ops topics list` names those that do")
            }
            let count = found.partitionCount
            let one = key.map { Partitioner.murmur2(key: Array($0.utf8), partitions: count) }
            for partition in one.map({ $0...$0 }) ?? 0...Int32(count - 1) {
                places.insert(TopicPartition(topic: found.name, partition: partition))
            }
        }
        self.places = places
        consumer = try Consumer(environment.readerProperties())
        try consumer.assign(Dictionary(uniqueKeysWithValues: places.map { ($0, start.rawValue) }))
    }

    /// What has come, in offset order per partition; nothing when the time was up.
    func next(timeoutMilliseconds: Int) throws -> [KafkaRecord] {
        let records = try consumer.poll(maximum: 1000, timeoutMilliseconds: timeoutMilliseconds)
        for record in records { ends[record.topicPartition] = record.offset + 1 }
        return records
    }

    /// How far a topic was read, over all partitions, as `GroupLag.end` counts it.
    func end(of topic: String) -> Int64 {
        ends.reduce(0) { $0 + ($1.key.topic == prefix + topic ? $1.value : 0) }
    }

    /// Everything that was there when reading began has been returned.
    var isAtEnd: Bool { consumer.endReached.isSuperset(of: places) }

    /// The record's topic without prefix.
    func topic(of record: KafkaRecord) -> String { String(record.topic.dropFirst(prefix.count)) }

    func close() { consumer.close() }
}
