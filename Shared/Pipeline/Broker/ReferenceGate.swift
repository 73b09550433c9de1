import Contracts
import Kafka

/// Holds a service back until its group has handled the reference topics up to the end they had at start.
///
/// The reading itself is done by the reference lane of this process or, with several instances, of another.
struct ReferenceGate {
    private let consumer: Consumer
    private var open: [TopicPartition: Int64]

    init(settings: ProcessSettings, group: String, topics: [Topic]) throws(KafkaError) {
        var configuration = KafkaSettings(settings).reader(client: "\(group)-gate")
        configuration["group.id"] = settings.topicPrefix + group
        consumer = try Consumer(configuration)
        open = [:]
        for topic in topics {
            let place = TopicPartition(topic: settings.topicPrefix + topic.name, partition: 0)
            let end = try consumer.watermarks(place, timeoutMilliseconds: 10_000).high
            if end > 0 { open[place] = end }
        }
    }

    /// Whether everything is handled by now.
    mutating func isOpen() throws -> Bool {
        guard !open.isEmpty else { return true }
        let committed = try consumer.committed(Array(open.keys), timeoutMilliseconds: 10_000)
        open = open.filter { place, end in (committed[place] ?? 0) < end }
        return open.isEmpty
    }

    func close() { consumer.close() }
}
