import Kafka
import Testing

@Suite("Administering a cluster")
struct AdminTests {
    private let limit = 10_000

    @Test func topicIsCreatedOnceThenExists() throws {
        let admin = try TestBroker.admin()
        let topic = NewTopic(
            name: uniqueName("create"), partitions: 3, replication: 1, configuration: ["retention.ms": "-1"])
        #expect(
            try admin.createTopics([topic], timeoutMilliseconds: limit) == [TopicResult(name: topic.name, error: nil)])
        let again = try admin.createTopics([topic], timeoutMilliseconds: limit)
        #expect(again.map(\.name) == [topic.name])
        #expect(again.first?.error?.isTopicExisting == true)
        #expect(
            try admin.metadata(topic: topic.name, timeoutMilliseconds: limit)
                == [TopicDescription(name: topic.name, partitionCount: 3)])
    }

    @Test func deletedTopicIsUnknown() throws {
        let admin = try TestBroker.admin()
        let name = try TestBroker.topic("delete", partitions: 1)
        #expect(try admin.metadata(timeoutMilliseconds: limit).contains { $0.name == name })
        #expect(
            try admin.deleteTopics([name], timeoutMilliseconds: limit) == [TopicResult(name: name, error: nil)])
        #expect(try admin.metadata(topic: name, timeoutMilliseconds: limit) == [])
        let again = try admin.deleteTopics([name], timeoutMilliseconds: limit)
        #expect(again.first?.error?.isUnknownTopic == true)
    }

    @Test func askingForAnUnknownTopicDoesNotCreateIt() throws {
        let admin = try TestBroker.admin()
        let name = uniqueName("unknown")
        #expect(try admin.metadata(topic: name, timeoutMilliseconds: limit) == [])
        #expect(try admin.metadata(topic: name, timeoutMilliseconds: limit) == [])
    }

    @Test func offsetOfATimeIsTheFirstNotOlder() throws {
        let servers = try TestBroker.bootstrapServers()
        let partition = TopicPartition(
            topic: try TestBroker.topic("times", partitions: 1, configuration: ["retention.ms": "-1"]), partition: 0)
        let producer = try Producer.sample(servers)
        for (index, time) in [1000, 2000, 3000].enumerated() {
            try producer.send(
                topic: partition.topic, key: nil, value: [1], headers: [], partition: 0,
                timestampMilliseconds: 1_700_000_000_000 + Int64(time), token: UInt(index))
        }
        #expect(producer.deliveries(3).compactMap(\.error) == [])
        let admin = try TestBroker.admin()
        let time = 1_700_000_000_000 as Int64
        #expect(
            try admin.offsets(for: [partition: time + 1500], timeoutMilliseconds: limit) == [partition: 1])
        #expect(
            try admin.offsets(for: [partition: time + 2000], timeoutMilliseconds: limit) == [partition: 1])
        #expect(try admin.offsets(for: [partition: time + 3001], timeoutMilliseconds: limit) == [:])
    }

    @Test func alteredOffsetsAreWhereTheGroupGoesOn() throws {
        let servers = try TestBroker.bootstrapServers()
        let partition = TopicPartition(topic: try TestBroker.topic("alter", partitions: 1), partition: 0)
        let group = uniqueName("alter")
        try fill(servers, partition, with: ["one", "two", "three"])
        let admin = try TestBroker.admin()
        #expect(try admin.committedOffsets(group: group, [partition], timeoutMilliseconds: limit) == [:])
        try admin.alterCommittedOffsets(group: group, [partition: 1], timeoutMilliseconds: limit)
        #expect(
            try admin.committedOffsets(group: group, [partition], timeoutMilliseconds: limit) == [partition: 1])
        let consumer = try Consumer.sample(servers, group: group)
        try consumer.subscribe([partition.topic])
        #expect(try consumer.read(1).map(\.text) == ["two"])
    }

    @Test func unreachableClusterIsAnOutage() throws {
        let admin = try Admin(["bootstrap.servers": "127.0.0.1:1"])
        let topic = NewTopic(name: "any", partitions: 1, replication: 1)
        let creating = #expect(throws: KafkaError.self) {
            try admin.createTopics([topic], timeoutMilliseconds: 300)
        }
        #expect(creating?.isRetriable == true)
        let listing = #expect(throws: KafkaError.self) { try admin.metadata(timeoutMilliseconds: 300) }
        #expect(listing?.isRetriable == true)
    }
}
