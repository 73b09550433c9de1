import Kafka

extension Consumer {
    /// A consumer for tests: from the beginning, quick to see what is new.
    static func sample(
        _ bootstrapServers: String, group: String? = nil, _ more: [String: String] = [:],
        onAssign: @escaping ([TopicPartition]) -> Void = { _ in },
        onRevoke: @escaping ([TopicPartition]) -> Void = { _ in }
    ) throws(KafkaError) -> Consumer {
        var configuration = [
            "bootstrap.servers": bootstrapServers, "auto.offset.reset": "earliest", "enable.partition.eof": "true",
            "fetch.wait.max.ms": "10", "session.timeout.ms": "6000", "heartbeat.interval.ms": "500",
        ]
        configuration["group.id"] = group
        return try Consumer(configuration.merging(more) { $1 }, onAssign: onAssign, onRevoke: onRevoke)
    }

    /// Polls until so many records are there, or ten seconds have passed.
    func read(_ count: Int) throws(KafkaError) -> [KafkaRecord] {
        var records: [KafkaRecord] = []
        let deadline = ContinuousClock.now + .seconds(10)
        while records.count < count, ContinuousClock.now < deadline {
            records += try poll(maximum: count - records.count, timeoutMilliseconds: 50)
        }
        return records
    }

    /// Polls until the condition holds, or fifteen seconds have passed.
    func read(until isEnough: (Consumer) -> Bool) throws(KafkaError) -> [KafkaRecord] {
        var records: [KafkaRecord] = []
        let deadline = ContinuousClock.now + .seconds(15)
        while !isEnough(self), ContinuousClock.now < deadline {
            records += try poll(maximum: 100, timeoutMilliseconds: 50)
        }
        return records
    }
}

extension KafkaRecord {
    /// The value as text.
    var text: String {
        String(decoding: value ?? [], as: UTF8.self)
    }
}
