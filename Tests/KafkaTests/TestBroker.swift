import Foundation
import Kafka

/// The broker of the environment; a test that needs one and has none fails.
enum TestBroker {
    struct Missing: Error, CustomStringConvertible {
        let description = "KAFKA_BOOTSTRAP_SERVERS names no broker; this test needs one"
    }

    static func bootstrapServers() throws -> String {
        guard let servers = ProcessInfo.processInfo.environment["KAFKA_BOOTSTRAP_SERVERS"], !servers.isEmpty else {
            throw Missing()
        }
        return servers
    }

    static func admin() throws -> Admin {
        try Admin(["bootstrap.servers": bootstrapServers()])
    }

    /// Creates a topic of its own for one test.
    static func topic(_ purpose: String, partitions: Int, configuration: [String: String] = [:]) throws -> String {
        let name = uniqueName(purpose)
        let results = try admin().createTopics(
            [NewTopic(name: name, partitions: partitions, replication: 1, configuration: configuration)],
            timeoutMilliseconds: 10_000)
        if let error = results.first?.error {
            throw error
        }
        return name
    }
}
