import Kafka
import Testing

@Suite("A real broker")
struct BrokerTests {
    @Test func recordsComeBackWithHeadersAndTimes() throws {
        let servers = try TestBroker.bootstrapServers()
        let topic = try TestBroker.topic("round-trip", partitions: 12)
        let producer = try Producer.sample(servers)
        let headers = [KafkaHeader(name: "ce_type", value: Array("sample.v1".utf8))]
        let now: Int64 = 4_000_000_000_000
        for index in 0..<100 {
            try producer.send(
                topic: topic, key: Array("key-\(index)".utf8), value: Array("\(index)".utf8), headers: headers,
                timestampMilliseconds: now + Int64(index), token: UInt(index))
        }
        #expect(producer.deliveries(100).compactMap(\.error) == [])
        let consumer = try Consumer.sample(servers, group: uniqueName("round-trip"))
        try consumer.subscribe([topic])
        let records = try consumer.read(100).sorted { $0.timestampMilliseconds < $1.timestampMilliseconds }
        #expect(records.map(\.text) == (0..<100).map(String.init))
        for record in records {
            #expect(record.headers == headers)
            #expect(record.partition == Partitioner.murmur2(key: record.key ?? [], partitions: 12))
        }
        #expect(records.last?.timestampMilliseconds == now + 99)
    }

    @Test func nextMemberBeginsWhereTheLastCommitted() throws {
        let servers = try TestBroker.bootstrapServers()
        let partition = TopicPartition(topic: try TestBroker.topic("commit", partitions: 1), partition: 0)
        let group = uniqueName("commit")
        try fill(servers, partition, with: ["one", "two", "three"])
        let first = try Consumer.sample(servers, group: group)
        try first.subscribe([partition.topic])
        #expect(try first.read(3).count == 3)
        try first.storeOffsets([partition: 2])
        try first.commit()
        first.close()
        let second = try Consumer.sample(servers, group: group)
        try second.subscribe([partition.topic])
        #expect(try second.read(1).map(\.text) == ["three"])
    }

    @Test func deletedRecordsAreSkipped() throws {
        let servers = try TestBroker.bootstrapServers()
        let partition = TopicPartition(topic: try TestBroker.topic("trim", partitions: 1), partition: 0)
        try fill(servers, partition, with: ["one", "two", "three"])
        let admin = try TestBroker.admin()
        #expect(try admin.deleteRecords(before: [partition: 2], timeoutMilliseconds: 10_000) == [partition: 2])
        let (low, high) = try admin.watermarks(partition, timeoutMilliseconds: 10_000)
        #expect(low == 2 && high == 3)
        let consumer = try Consumer.sample(servers)
        try consumer.assign([partition: -2])
        #expect(try consumer.read { $0.endReached == [partition] }.map(\.text) == ["three"])
    }
}
