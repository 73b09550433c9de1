import CLibrdkafka

/// A Kafka cluster inside this process, for tests that need it to fail on command.
///
/// It stands here and not among the tests because only this room imports librdkafka. It keeps at most 5 MiB per
/// partition and answers neither admin requests nor offsets by time; its consumers want `fetch.wait.max.ms=10`.
///
/// - Source: librdkafka, rdkafka_mock.h.
@safe public final class MockCluster {
    /// What can be asked of it, by Kafka's API key.
    public enum Request: Int16, Sendable {
        case produce = 0
        case fetch = 1
        case listOffsets = 2
        case metadata = 3
        case offsetCommit = 8
        case offsetFetch = 9
        case findCoordinator = 10
        case joinGroup = 11
        case heartbeat = 12
        case leaveGroup = 13
        case syncGroup = 14
        case initProducerID = 22
    }

    private let client: Client
    private let cluster: OpaquePointer
    /// For `bootstrap.servers`.
    public let bootstrapServers: String

    /// - Parameter brokers: Their number; they are called 1, 2, ….
    public init(brokers: Int32 = 1) throws(KafkaError) {
        let client = try unsafe Client(RD_KAFKA_PRODUCER, [:])
        guard let cluster = unsafe rd_kafka_mock_cluster_new(try client.open, brokers) else {
            throw KafkaError(RD_KAFKA_RESP_ERR__FAIL, "no mock cluster of \(brokers) brokers")
        }
        self.client = client
        unsafe self.cluster = cluster
        bootstrapServers = unsafe String(cString: rd_kafka_mock_cluster_bootstraps(cluster))
    }

    deinit {
        unsafe rd_kafka_mock_cluster_destroy(cluster)
        client.destroy()
    }

    public func createTopic(_ name: String, partitions: Int32, replication: Int32 = 1) throws(KafkaError) {
        try KafkaError.check(unsafe rd_kafka_mock_topic_create(cluster, name, partitions, replication))
    }

    /// Answers the next requests of a kind with these errors, one each; code 0 lets one pass.
    ///
    /// - Parameter codes: Kafka's error codes; -195 cuts the connection.
    public func failNext(_ request: Request, with codes: [Int32]) {
        let errors = codes.map { rd_kafka_resp_err_t(rawValue: $0) }
        unsafe rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, errors.count, errors)
    }

    public func stopFailing(_ request: Request) {
        unsafe rd_kafka_mock_clear_request_errors(cluster, request.rawValue)
    }

    /// Takes a broker down: connections break, new ones are refused.
    public func takeDown(broker: Int32) throws(KafkaError) {
        try KafkaError.check(unsafe rd_kafka_mock_broker_set_down(cluster, broker))
    }

    public func bringUp(broker: Int32) throws(KafkaError) {
        try KafkaError.check(unsafe rd_kafka_mock_broker_set_up(cluster, broker))
    }

    /// Makes every answer of a broker come that much later.
    public func delay(broker: Int32, milliseconds: Int32) throws(KafkaError) {
        try KafkaError.check(unsafe rd_kafka_mock_broker_set_rtt(cluster, broker, milliseconds))
    }

    public func setLeader(of partition: TopicPartition, broker: Int32) throws(KafkaError) {
        try KafkaError.check(
            unsafe rd_kafka_mock_partition_set_leader(cluster, partition.topic, partition.partition, broker))
    }
}
