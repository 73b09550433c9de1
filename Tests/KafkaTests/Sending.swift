import Kafka
import Testing

extension Producer {
    /// A producer for tests: at once, idempotent.
    static func sample(_ bootstrapServers: String, _ more: [String: String] = [:]) throws(KafkaError) -> Producer {
        let configuration = [
            "bootstrap.servers": bootstrapServers, "linger.ms": "0", "enable.idempotence": "true",
            "partitioner": "murmur2_random",
        ]
        return try Producer(configuration.merging(more) { $1 })
    }

    func send(_ text: String, to partition: TopicPartition, token: UInt = 0) throws(KafkaError) {
        try send(
            topic: partition.topic, key: nil, value: Array(text.utf8), headers: [], partition: partition.partition,
            token: token)
    }

    /// Polls until so many deliveries are there, or ten seconds have passed.
    func deliveries(_ count: Int) -> [Delivery] {
        var deliveries: [Delivery] = []
        let deadline = ContinuousClock.now + .seconds(10)
        while deliveries.count < count, ContinuousClock.now < deadline {
            deliveries += poll(timeoutMilliseconds: 50)
        }
        return deliveries
    }
}

/// Fills a partition with the texts, and returns when the broker has them.
func fill(_ bootstrapServers: String, _ partition: TopicPartition, with texts: [String]) throws {
    let producer = try Producer.sample(bootstrapServers)
    for text in texts {
        try producer.send(text, to: partition)
    }
    #expect(producer.deliveries(texts.count).compactMap(\.error) == [])
}
