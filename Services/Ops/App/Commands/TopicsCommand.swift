import ArgumentParser
import Foundation
import Kafka

struct TopicsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics", abstract: "Creates and lists topics.", subcommands: [Apply.self, List.self])

    struct Apply: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Creates the topics that are missing; refuses another number of partitions.")
        @Option(help: "The list of topics.") var file = "deploy/kafka/topics"
        @Option(help: "Copies of each partition; -1 leaves it to the broker.") var replication = -1

        func run() throws {
            try Screen.run { try apply() }
        }

        private func apply() throws {
            let environment = OpsEnvironment()
            let topics = try TopicFile(String(contentsOfFile: file, encoding: .utf8))
            let admin = try Admin(environment.adminProperties())
            defer { admin.close() }
            let existing = try admin.metadata(timeoutMilliseconds: 30_000)
            let plan = TopicPlan(topics, existing: existing, prefix: environment.topicPrefix)
            let wanted = plan.missing.map { $0.topic(prefix: environment.topicPrefix, replication: replication) }
            let failures = try admin.createTopics(wanted, timeoutMilliseconds: 60_000).filter {
                $0.error.map { !$0.isTopicExisting } ?? false
            }
            for failure in failures {
                Screen.complain("\(failure.name): \(failure.error.map(\.description) ?? "")")
            }
            for (entry, count) in plan.refused {
                Screen.complain("\(entry.name): has \(count) partitions, the file says \(entry.partitions): refused")
            }
            print("\(wanted.count - failures.count) topics created, \(plan.present.count) were there")
            if !failures.isEmpty || !plan.refused.isEmpty { throw ExitCode(1) }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says which topics there are and what they hold.")
        @Flag(help: "For programs.") var json = false

        struct Row: Encodable {
            let topic: String
            let partitions: Int
            let records: Int64
        }

        func run() throws {
            try Screen.run { try list() }
        }

        private func list() throws {
            let environment = OpsEnvironment()
            let admin = try Admin(environment.adminProperties())
            defer { admin.close() }
            let topics = try admin.metadata(timeoutMilliseconds: 30_000)
            var rows: [Row] = []
            for topic in topics where topic.name.hasPrefix(environment.topicPrefix) && !topic.name.hasPrefix("__") {
                var records: Int64 = 0
                for partition in 0..<Int32(topic.partitionCount) {
                    let place = TopicPartition(topic: topic.name, partition: partition)
                    let (low, high) = try admin.watermarks(place, timeoutMilliseconds: 30_000)
                    records += high - low
                }
                rows.append(Row(topic: topic.name, partitions: topic.partitionCount, records: records))
            }
            if json { return print(try JSONText.document(rows)) }
            print(
                Screen.table(
                    ["topic", "partitions", "records"], rows.map { [$0.topic, "\($0.partitions)", "\($0.records)"] }))
        }
    }
}
