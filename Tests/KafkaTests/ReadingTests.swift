import Kafka
import Testing

@Suite("Reading given partitions")
struct ReadingTests {
    let cluster: MockCluster
    let partition: TopicPartition

    init() throws {
        cluster = try MockCluster()
        partition = TopicPartition(topic: uniqueName("reading"), partition: 0)
        try cluster.createTopic(partition.topic, partitions: 2)
    }

    private func reader(from offset: Int64) throws -> Consumer {
        let consumer = try Consumer.sample(cluster.bootstrapServers)
        try consumer.assign([partition: offset])
        return consumer
    }

    @Test func recordKeepsEveryPart() throws {
        let headers = [
            KafkaHeader(name: "ce_id", value: Array("a/1".utf8)), KafkaHeader(name: "twice", value: [1]),
            KafkaHeader(name: "twice", value: [2]), KafkaHeader(name: "empty", value: []),
            KafkaHeader(name: "a header name of more than fifteen bytes", value: [0, 255]),
        ]
        let producer = try Producer.sample(cluster.bootstrapServers)
        try producer.send(
            topic: partition.topic, key: [107], value: [0, 1, 255], headers: headers, partition: 0,
            timestampMilliseconds: 1_700_000_000_123, token: 1)
        try producer.send(topic: partition.topic, key: nil, value: nil, headers: [], partition: 0, token: 2)
        try producer.send(topic: partition.topic, key: [], value: [], headers: [], partition: 0, token: 3)
        #expect(producer.deliveries(3).compactMap(\.error) == [])
        let records = try reader(from: -2).read(3)
        try #require(records.count == 3)
        #expect(
            records[0]
                == KafkaRecord(
                    topic: partition.topic, partition: 0, offset: 0, timestampMilliseconds: 1_700_000_000_123,
                    key: [107], value: [0, 1, 255], headers: headers))
        #expect(records[0].header("twice") == [2])
        #expect(records[0].header("absent") == nil)
        #expect(records[1].key == nil && records[1].value == nil)
        #expect(records[2].key == [] && records[2].value == [])
        #expect(records[1].timestampMilliseconds > 1_700_000_000_123)
    }

    @Test func pollReturnsWhatIsThereWithoutWaitingForMore() throws {
        try fill(cluster.bootstrapServers, partition, with: ["one", "two", "three"])
        let consumer = try reader(from: -2)
        let time = ContinuousClock().measure {
            #expect(throws: Never.self) { try consumer.poll(maximum: 100, timeoutMilliseconds: 20_000) }
        }
        #expect(time < .seconds(10))
    }

    @Test func pollNeverExceedsItsMaximum() throws {
        try fill(cluster.bootstrapServers, partition, with: (0..<1500).map(String.init))
        let consumer = try reader(from: -2)
        var batches: [Int] = []
        while batches.reduce(0, +) < 700, batches.count < 1000 {
            batches.append(try consumer.poll(maximum: 7, timeoutMilliseconds: 50).count)
        }
        #expect(batches.max() == 7)
        let rest = try consumer.read(1500 - batches.reduce(0, +))
        #expect(rest.last?.text == "1499")
    }

    @Test func topicsOfOneBatchKeepTheirNames() throws {
        let other = TopicPartition(topic: uniqueName("other"), partition: 0)
        try cluster.createTopic(other.topic, partitions: 1)
        try fill(cluster.bootstrapServers, partition, with: Array(repeating: partition.topic, count: 50))
        try fill(cluster.bootstrapServers, other, with: Array(repeating: other.topic, count: 50))
        let consumer = try Consumer.sample(cluster.bootstrapServers)
        try consumer.assign([partition: -2, other: -2])
        let records = try consumer.read(100)
        #expect(records.count == 100)
        #expect(records.allSatisfy { $0.topic == $0.text })
    }

    @Test func endIsReachedAfterTheLastRecordAndStaysReached() throws {
        try fill(cluster.bootstrapServers, partition, with: ["one", "two"])
        let empty = TopicPartition(topic: partition.topic, partition: 1)
        let consumer = try Consumer.sample(cluster.bootstrapServers)
        try consumer.assign([partition: -2, empty: -2])
        #expect(consumer.endReached == [])
        let records = try consumer.read { $0.endReached == [partition, empty] }
        #expect(records.map(\.text) == ["one", "two"])
        try fill(cluster.bootstrapServers, partition, with: ["three"])
        #expect(try consumer.read(1).map(\.text) == ["three"])
        #expect(consumer.endReached == [partition, empty])
        try consumer.seek([partition: 0])
        #expect(consumer.endReached == [empty])
    }

    @Test func seekReturnsNothingOlderThanItsTarget() throws {
        try fill(cluster.bootstrapServers, partition, with: (0..<100).map(String.init))
        let consumer = try reader(from: -2)
        #expect(try consumer.read(10).count == 10)
        try consumer.seek([partition: 50])
        #expect(try consumer.read(2).map(\.text) == ["50", "51"])
        #expect(try consumer.position([partition]) == [partition: 52])
        try consumer.seek([partition: -2])
        #expect(try consumer.read(1).map(\.text) == ["0"])
    }

    @Test func pausedPartitionWaitsAndLosesNothing() throws {
        try fill(cluster.bootstrapServers, partition, with: (0..<100).map(String.init))
        let other = TopicPartition(topic: partition.topic, partition: 1)
        let consumer = try Consumer.sample(cluster.bootstrapServers)
        try consumer.assign([partition: -2, other: -2])
        #expect(try consumer.read(10).count == 10)
        try consumer.pause([partition])
        try fill(cluster.bootstrapServers, other, with: ["other"])
        #expect(try consumer.read(1).map(\.text) == ["other"])
        #expect(try consumer.poll(maximum: 100, timeoutMilliseconds: 100) == [])
        try consumer.resume([partition])
        #expect(try consumer.read(90).map(\.text) == (10..<100).map(String.init))
    }

    @Test func watermarksSpanTheRecords() throws {
        try fill(cluster.bootstrapServers, partition, with: ["one", "two"])
        let consumer = try reader(from: -1)
        let (low, high) = try consumer.watermarks(partition, timeoutMilliseconds: 5000)
        #expect(low == 0 && high == 2)
        #expect(consumer.assignment == [partition])
    }

    @Test func closedConsumerThrowsAndHoldsNothing() throws {
        let consumer = try reader(from: -2)
        consumer.close()
        consumer.close()
        #expect(consumer.assignment == [])
        #expect(throws: KafkaError.self) { try consumer.poll(maximum: 1, timeoutMilliseconds: 0) }
        #expect(throws: KafkaError.self) { try consumer.commit() }
    }

    @Test func unknownPropertyIsNamed() {
        let error = #expect(throws: KafkaError.self) { try Consumer(["no.such.property": "1"]) }
        #expect(error?.message.contains("no.such.property") == true)
    }
}
