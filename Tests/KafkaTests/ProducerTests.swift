import Kafka
import Testing

@Suite("Sending messages")
struct ProducerTests {
    let cluster: MockCluster
    let partition: TopicPartition

    init() throws {
        cluster = try MockCluster()
        partition = TopicPartition(topic: uniqueName("producer"), partition: 0)
        try cluster.createTopic(partition.topic, partitions: 1)
    }

    @Test func deliveriesCarryTheirTokensInOrder() throws {
        let producer = try Producer.sample(cluster.bootstrapServers)
        let tokens: [UInt] = [0, 1, 2, .max, 7]
        for token in tokens {
            try producer.send("\(token)", to: partition, token: token)
        }
        let deliveries = producer.deliveries(tokens.count)
        #expect(deliveries.map(\.token) == tokens)
        #expect(deliveries.map(\.offset) == [0, 1, 2, 3, 4])
        #expect(deliveries.allSatisfy { $0.error == nil && $0.partition == 0 })
        #expect(producer.queued == 0)
    }

    @Test func deliveriesStayReadableAfterFlush() throws {
        let producer = try Producer.sample(cluster.bootstrapServers, ["linger.ms": "60000"])
        try producer.send("one", to: partition, token: 1)
        #expect(producer.flush(timeoutMilliseconds: 10_000))
        #expect(producer.poll(timeoutMilliseconds: 0).map(\.token) == [1])
        #expect(producer.poll(timeoutMilliseconds: 0) == [])
    }

    @Test func fullQueueIsToldApartAndEmptiesByPolling() throws {
        let producer = try Producer.sample(
            cluster.bootstrapServers, ["queue.buffering.max.messages": "2", "linger.ms": "60000"])
        try producer.send("one", to: partition)
        try producer.send("two", to: partition)
        let error = #expect(throws: KafkaError.self) { try producer.send("three", to: partition) }
        #expect(error?.isQueueFull == true)
        #expect(error?.isRetriable == true)
        #expect(producer.flush(timeoutMilliseconds: 10_000))
        #expect(producer.poll(timeoutMilliseconds: 0).count == 2)
        try producer.send("three", to: partition)
    }

    @Test func tooLargeIsPermanent() throws {
        let producer = try Producer.sample(cluster.bootstrapServers, ["message.max.bytes": "1000"])
        let error = #expect(throws: KafkaError.self) {
            try producer.send(String(repeating: "x", count: 2000), to: partition)
        }
        #expect(error?.isMessageTooLarge == true)
        #expect(error?.isRetriable == false)
        #expect(error?.isFatal == false)
    }

    @Test func refusedMessageGivesItsHeadersBackAndTheNextIsSent() throws {
        let producer = try Producer.sample(cluster.bootstrapServers, ["message.max.bytes": "1000"])
        let headers = [KafkaHeader(name: "a", value: [1])]
        for _ in 0..<100 {
            #expect(throws: KafkaError.self) {
                try producer.send(
                    topic: partition.topic, key: nil, value: [UInt8](repeating: 0, count: 2000), headers: headers,
                    token: 0)
            }
        }
        try producer.send(topic: partition.topic, key: nil, value: [1], headers: headers, token: 5)
        #expect(producer.deliveries(1).map(\.token) == [5])
    }

    @Test func undeliveredMessageReportsTheTimeout() throws {
        try cluster.takeDown(broker: 1)
        let producer = try Producer.sample(
            cluster.bootstrapServers, ["enable.idempotence": "false", "message.timeout.ms": "300"])
        try producer.send("lost", to: partition, token: 9)
        let delivery = try #require(producer.deliveries(1).first)
        #expect(delivery.token == 9)
        #expect(delivery.error?.isTimedOut == true)
        #expect(delivery.error?.isRetriable == true)
    }

    @Test func closingDropsWhatCannotBeSentWithoutWaiting() throws {
        try cluster.takeDown(broker: 1)
        let producer = try Producer.sample(cluster.bootstrapServers)
        try producer.send("lost", to: partition)
        let time = ContinuousClock().measure { producer.close() }
        #expect(time < .seconds(3))
        producer.close()
        #expect(producer.queued == 0)
        #expect(throws: KafkaError.self) { try producer.send("later", to: partition) }
    }

    @Test(arguments: [("no.such.property", "1"), ("message.timeout.ms", "soon"), ("acks", "99999")])
    func wrongPropertyIsNamed(property: String, value: String) {
        let error = #expect(throws: KafkaError.self) { try Producer([property: value]) }
        #expect(error?.message.contains(property) == true)
        #expect(error?.isRetriable == false)
    }
}
