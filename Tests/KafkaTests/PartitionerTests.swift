import Testing

@testable import Kafka

@Suite("Choosing a partition by key")
struct PartitionerTests {
    /// The vectors of Kafka's own test, `UtilsTest.testMurmur2`.
    @Test(arguments: [
        ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
        ("a-little-bit-longer-string", -1_486_304_829),
        ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971), ("abc", 479_470_107),
    ])
    func hashIsKafkas(key: String, expected: Int32) {
        #expect(Int32(bitPattern: Partitioner.hash(Array(key.utf8))) == expected)
    }

    @Test func librdkafkaChoosesTheSamePartition() throws {
        let cluster = try MockCluster()
        let topic = uniqueName("partitioner")
        try cluster.createTopic(topic, partitions: 12)
        let producer = try Producer.sample(cluster.bootstrapServers)
        let keys = (0..<200).map { Array("key-\($0)".utf8.prefix($0 % 9)) }
        for (index, key) in keys.enumerated() {
            try producer.send(topic: topic, key: key, value: [1], headers: [], token: UInt(index))
        }
        let deliveries = producer.deliveries(keys.count)
        #expect(deliveries.count == keys.count)
        for delivery in deliveries {
            #expect(delivery.partition == Partitioner.murmur2(key: keys[Int(delivery.token)], partitions: 12))
        }
        #expect(Set(deliveries.map(\.partition)).count > 5)
    }
}
