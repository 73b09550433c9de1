import EmbeddedBroker
import Foundation
import Kafka

/// A broker of one test, because the run's holds other tests' topics too.
final class PrivateBroker {
    struct Missing: Error, CustomStringConvertible {
        let description = "NOIDA_BINARY is not set: run deploy/test"
    }

    private let broker: EmbeddedBroker
    private let directory: String
    private let admin: Admin
    let servers: String

    init() throws {
        guard let program = ProcessInfo.processInfo.environment["NOIDA_BINARY"] else { throw Missing() }
        directory = FileManager.default.temporaryDirectory.appending(path: "trim-\(UUID().uuidString)").path()
        broker = try EmbeddedBroker(
            EmbeddedBroker.Settings(port: 0, dataDirectory: directory, noidaExecutable: program))
        try broker.start()
        servers = "127.0.0.1:\(broker.port)"
        admin = try Admin(["bootstrap.servers": servers])
    }

    func stop() {
        admin.close()
        broker.stop()
        try? FileManager.default.removeItem(atPath: directory)  // A left-over in /tmp harms nobody.
    }

    func createTopics() throws {
        let topics = ["read", "half", "unread", "kept"].map { name in
            NewTopic(
                name: name, partitions: 1, replication: 1,
                configuration: ["cleanup.policy": "delete", "retention.ms": name == "kept" ? "-1" : "86400000"])
        }
        for result in try admin.createTopics(topics, timeoutMilliseconds: 10_000) {
            if let error = result.error { throw error }
        }
    }

    func publish(_ count: Int, on topic: String) throws {
        let producer = try Producer(["bootstrap.servers": servers])
        defer { producer.close() }
        for number in 0..<count {
            try producer.send(topic: topic, key: [], value: Array("\(number)".utf8), headers: [], token: 0)
        }
        guard producer.flush(timeoutMilliseconds: 10_000) else { throw Missing() }
    }

    func commit(_ group: String, _ next: [String: Int64]) throws {
        let offsets = next.map { (TopicPartition(topic: $0.key, partition: 0), $0.value) }
        try admin.alterCommittedOffsets(
            group: group, Dictionary(uniqueKeysWithValues: offsets), timeoutMilliseconds: 10_000)
    }

    func low(_ topic: String) throws -> Int64 {
        try admin.watermarks(TopicPartition(topic: topic, partition: 0), timeoutMilliseconds: 10_000).low
    }
}
