import Contracts
import CoreMetrics
import Foundation
import Kafka
@testable import Pipeline
import Support
import Synchronization
import Testing

/// The trivial service as a process runs it: all threads, a real broker, a real database.
final class RunningService: Sendable {
    struct NeverHappened: Error {}
    struct NoBroker: Error, CustomStringConvertible {
        let description = "KAFKA_BOOTSTRAP_SERVERS names no broker; this test needs one"
    }

    let settings: ProcessSettings
    let database: TestDatabase

    /// - Parameter prefix: Of all topics and groups of this test.
    init(_ database: TestDatabase, prefix: String) throws {
        guard let servers = ProcessInfo.processInfo.environment["KAFKA_BOOTSTRAP_SERVERS"] else { throw NoBroker() }
        self.database = database
        // A port that is free now; asking the service for one would only log it.
        let probe = try HealthServer(address: .anyPort) { _ in nil }
        let port = probe.port
        probe.close()
        var reader = SettingsReader([
            "KAFKA_BOOTSTRAP_SERVERS": servers, "TOPIC_PREFIX": prefix, "DATABASE_URL": database.url,
            "INSTANCE_ID": "one", "HTTP_PORT": String(port), "LANES": "2", "CLOCK_SHIFT_ALLOWED": "true",
        ])
        settings = try #require(ProcessSettings(&reader))
    }

    static func uniquePrefix() -> String { "pt-\(UInt64.random(in: 0..<UInt64.max))-" }

    private var topics: [NewTopic] {
        let shared: [Topic] = [.commandResults(of: "test"), .deadLetters(of: "test"), .testTotals]
        let single = TrivialHandler.referenceTopics + [.operationsClock]
        return (TrivialHandler.topics + shared).map { (topic: $0, partitions: 12) }.map(named)
            + single.map { (topic: $0, partitions: 1) }.map(named)
    }

    private func named(_ topic: Topic, partitions: Int) -> NewTopic {
        NewTopic(name: settings.topicPrefix + topic.name, partitions: partitions, replication: 1)
    }

    func createTopics() throws {
        try withAdmin { admin in try admin.createTopics(topics, timeoutMilliseconds: 10_000) }
    }

    func deleteTopics() throws {
        try withAdmin { admin in try admin.deleteTopics(topics.map(\.name), timeoutMilliseconds: 10_000) }
    }

    /// Deletes the oldest records of the partition that a key has.
    func trim(_ topic: Topic, of key: String, before offset: Int64) throws {
        let admin = try Admin(KafkaSettings(settings).admin(client: "tests"))
        defer { admin.close() }
        let place = TopicPartition(topic: settings.topicPrefix + topic.name, partition: Shard.lane(of: key))
        _ = try admin.deleteRecords(before: [place: offset], timeoutMilliseconds: 10_000)
    }

    private func withAdmin(_ body: (Admin) throws -> [TopicResult]) throws {
        let admin = try Admin(KafkaSettings(settings).admin(client: "tests"))
        defer { admin.close() }
        for result in try body(admin) { if let error = result.error { throw error } }
    }

    /// Publishes records and waits until the broker has them.
    func publish(_ messages: [(topic: Topic, key: String, id: String, message: any Message)]) throws {
        let producer = try Producer(KafkaSettings(settings).producer(client: "tests"))
        defer { producer.close() }
        for (topic, key, id, message) in messages {
            let envelope = Envelope(id: id, type: Swift.type(of: message).type, source: "/tests")
            try producer.send(
                topic: settings.topicPrefix + topic.name, key: Array(key.utf8), value: message.jsonBytes,
                headers: envelope.headers.map { KafkaHeader(name: $0.name, value: Array($0.value.utf8)) }, token: 0)
        }
        guard producer.flush(timeoutMilliseconds: 10_000) else { throw NeverHappened() }
    }

    /// Of this process; the library takes only one.
    private static let metrics: PrometheusMetrics = {
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        return metrics
    }()

    /// Runs the service while the body looks at it, then stops its parts in the order of its lifecycle.
    ///
    /// Each part has its thread here too; only the lifecycle library is left out, because its tasks would stand in
    /// line behind all tests that block.
    func run(_ body: () throws -> Void) throws {
        let parts = try ServiceParts(
            handler: TrivialHandler(), tables: TrivialTables(), settings: settings, metrics: Self.metrics
        ).all
        let threads = parts.map { part in OwnThread { try part.body() } }
        let outcome = Result { try body() }
        for (part, thread) in zip(parts, threads).reversed() {
            part.stop.request()
            part.wakeUp?.call()
            try thread.join()
        }
        try outcome.get()
    }

    /// The texts of all records on a topic once there are so many, within 30 seconds.
    func read(_ topic: Topic, _ count: Int) throws -> [KafkaRecord] {
        let consumer = try Consumer(KafkaSettings(settings).reader(client: "tests"))
        defer { consumer.close() }
        let partitions = topic.kind == .reference ? 1 : 12
        try consumer.assign(
            Dictionary(
                uniqueKeysWithValues: (0..<Int32(partitions)).map {
                    (TopicPartition(topic: settings.topicPrefix + topic.name, partition: $0), -2)
                }))
        var records: [KafkaRecord] = []
        let deadline = ContinuousClock.now + .seconds(30)
        while records.count < count {
            guard ContinuousClock.now < deadline else { throw NeverHappened() }
            records += try consumer.poll(maximum: 1000, timeoutMilliseconds: 100)
        }
        return records
    }
}

/// Asks until the answer is yes, at most 30 seconds.
func waitUntil(_ isTrue: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while try !isTrue() {
        guard ContinuousClock.now < deadline else { throw RunningService.NeverHappened() }
        Thread.sleep(forTimeInterval: 0.02)
    }
}
