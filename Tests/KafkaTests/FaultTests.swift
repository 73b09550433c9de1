import Kafka
import Testing

/// Kafka's error codes, as a broker sends them.
private enum Code {
    static let leaderNotAvailable: Int32 = 5
    static let notLeader: Int32 = 6
    static let groupAuthorizationFailed: Int32 = 30
    static let outOfOrderSequence: Int32 = 45
    static let fencedInstance: Int32 = 82
}

@Suite("Failing brokers")
struct FaultTests {
    let cluster: MockCluster
    let partition: TopicPartition

    init() throws {
        cluster = try MockCluster()
        partition = TopicPartition(topic: uniqueName("fault"), partition: 0)
        try cluster.createTopic(partition.topic, partitions: 1)
    }

    @Test func failedRequestIsSentAgainWithoutDoubling() throws {
        cluster.failNext(.produce, with: [Code.notLeader, Code.notLeader])
        let producer = try Producer.sample(cluster.bootstrapServers, ["retry.backoff.ms": "20"])
        try producer.send("once", to: partition, token: 3)
        let delivery = try #require(producer.deliveries(1).first)
        #expect(delivery.error == nil)
        let consumer = try Consumer.sample(cluster.bootstrapServers)
        try consumer.assign([partition: -2])
        #expect(try consumer.read { $0.endReached == [partition] }.map(\.text) == ["once"])
    }

    @Test func brokenSequenceIsFatalForAProducer() throws {
        let producer = try Producer.sample(cluster.bootstrapServers)
        try producer.send("first", to: partition)
        #expect(producer.deliveries(1).compactMap(\.error) == [])
        #expect(producer.fatalError == nil)
        cluster.failNext(.produce, with: [Code.outOfOrderSequence])
        try producer.send("second", to: partition)
        let delivery = try #require(producer.deliveries(1).first)
        #expect(delivery.error != nil)
        let fatal = try #require(producer.fatalError)
        #expect(fatal.isFatal)
        #expect(!fatal.isRetriable)
        let refusal = #expect(throws: KafkaError.self) { try producer.send("third", to: partition) }
        #expect(refusal == fatal)
    }

    @Test func transientFetchErrorIsNotThrown() throws {
        try fill(cluster.bootstrapServers, partition, with: ["one"])
        cluster.failNext(.fetch, with: [Code.leaderNotAvailable, Code.notLeader])
        let consumer = try Consumer.sample(cluster.bootstrapServers)
        try consumer.assign([partition: -2])
        #expect(try consumer.read(1).map(\.text) == ["one"])
    }

    @Test func fencedConsumerIsFatalOnEveryPoll() throws {
        cluster.failNext(.joinGroup, with: [Code.fencedInstance])
        let consumer = try Consumer.sample(
            cluster.bootstrapServers, group: uniqueName("fenced"), ["group.instance.id": "one"])
        try consumer.subscribe([partition.topic])
        let first = #expect(throws: KafkaError.self) { try consumer.read(1) }
        #expect(first?.isFatal == true)
        let second = #expect(throws: KafkaError.self) { try consumer.poll(maximum: 1, timeoutMilliseconds: 0) }
        #expect(second == first)
    }

    @Test func offsetOutOfRangeEndsAReaderThatMayNotReset() throws {
        try fill(cluster.bootstrapServers, partition, with: ["one"])
        let consumer = try Consumer.sample(cluster.bootstrapServers, ["auto.offset.reset": "error"])
        try consumer.assign([partition: 500])
        let error = #expect(throws: KafkaError.self) { try consumer.read(1) }
        #expect(error?.name == "_AUTO_OFFSET_RESET")
        #expect(error?.isRetriable == false)
    }

    @Test func brokerComesBackAndReadingGoesOn() throws {
        let consumer = try Consumer.sample(cluster.bootstrapServers, ["reconnect.backoff.max.ms": "100"])
        try consumer.assign([partition: -2])
        _ = try consumer.read { $0.endReached == [partition] }
        try cluster.takeDown(broker: 1)
        #expect(try consumer.poll(maximum: 1, timeoutMilliseconds: 300) == [])
        try cluster.bringUp(broker: 1)
        try fill(cluster.bootstrapServers, partition, with: ["after"])
        #expect(try consumer.read(1).map(\.text) == ["after"])
    }
}
