import Contracts
import Kafka

/// How far a group is behind on one topic.
struct GroupLag: Encodable, Equatable {
    let group: String
    let topic: String
    /// Records the group has not handled, over all partitions.
    let lag: Int64
    /// Records ever published, over all partitions: tells two looks apart.
    let end: Int64
}

/// Looks at every service's groups.
final class LagReader {
    private let admin: Admin
    private let prefix: String
    private let partitionCounts: [String: Int]

    init(_ environment: OpsEnvironment) throws {
        admin = try Admin(environment.adminProperties())
        prefix = environment.topicPrefix
        let topics = try admin.metadata(timeoutMilliseconds: 30_000)
        partitionCounts = Dictionary(uniqueKeysWithValues: topics.map { ($0.name, $0.partitionCount) })
    }

    /// - Throws: `OpsFailure` when a topic does not exist.
    func read(_ services: [ServiceTopics] = ServiceTopics.all) throws -> [GroupLag] {
        // What is committed is asked for before the ends: a lag of 0 is then never seen too early.
        var committed: [(group: String, topic: Topic, places: [TopicPartition], next: [TopicPartition: Int64])] = []
        for (group, topics) in services.flatMap(\.groups) {
            let places = try topics.map { try self.places($0) }
            let next = try admin.committedOffsets(
                group: prefix + group, places.flatMap(\.self), timeoutMilliseconds: 30_000)
            for (topic, places) in zip(topics, places) { committed.append((group, topic, places, next)) }
        }
        var marks: [TopicPartition: (low: Int64, high: Int64)] = [:]
        for place in committed.flatMap(\.places) where marks[place] == nil {
            marks[place] = try admin.watermarks(place, timeoutMilliseconds: 30_000)
        }
        return committed.map { group, topic, places, next in
            var lag: Int64 = 0
            var end: Int64 = 0
            for place in places {
                guard let mark = marks[place] else { continue }
                lag += mark.high - min(mark.high, max(next[place] ?? mark.low, mark.low))
                end += mark.high
            }
            return GroupLag(group: group, topic: topic.name, lag: lag, end: end)
        }
    }

    func close() { admin.close() }

    private func places(_ topic: Topic) throws -> [TopicPartition] {
        guard let count = partitionCounts[prefix + topic.name] else {
            throw OpsFailure("topic \(prefix + topic.name) does not exist; run `ops topics apply`")
        }
        return (0..<Int32(count)).map { TopicPartition(topic: prefix + topic.name, partition: $0) }
    }
}
