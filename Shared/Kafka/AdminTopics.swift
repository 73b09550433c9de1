import CLibrdkafka

/// A topic to create.
///
/// - Shape: `replication` -1 leaves it to the broker; `configuration` holds Kafka's topic properties.
public struct NewTopic: Sendable, Equatable {
    public let name: String
    public let partitions: Int
    public let replication: Int
    public let configuration: [String: String]

    public init(name: String, partitions: Int, replication: Int, configuration: [String: String] = [:]) {
        self.name = name
        self.partitions = partitions
        self.replication = replication
        self.configuration = configuration
    }
}

/// What became of one topic: no error, or why not (`isTopicExisting`, `isUnknownTopic`, …).
public struct TopicResult: Sendable, Equatable {
    public let name: String
    public let error: KafkaError?

    public init(name: String, error: KafkaError?) {
        self.name = name
        self.error = error
    }
}

/// A topic as the cluster has it.
public struct TopicDescription: Sendable, Equatable {
    public let name: String
    public let partitionCount: Int

    public init(name: String, partitionCount: Int) {
        self.name = name
        self.partitionCount = partitionCount
    }
}

extension Admin {
    /// Creates topics; each succeeds or fails by itself.
    ///
    /// - Returns: One result per topic.
    /// - Throws: `KafkaError` when the request as a whole failed, or a topic's own numbers are out of range.
    public func createTopics(
        _ topics: [NewTopic], timeoutMilliseconds: Int
    ) throws(KafkaError) -> [TopicResult] {
        guard !topics.isEmpty else { return [] }
        var made: [OpaquePointer?] = unsafe []
        defer { unsafe rd_kafka_NewTopic_destroy_array(&made, made.count) }
        for topic in topics {
            unsafe made.append(try makeTopic(topic))
        }
        return try unsafe request(RD_KAFKA_ADMIN_OP_CREATETOPICS, timeoutMilliseconds: timeoutMilliseconds) {
            client, options, queue in
            unsafe rd_kafka_CreateTopics(client, &made, made.count, options, queue)
        } read: { event throws(KafkaError) in
            var count = 0
            let results = unsafe rd_kafka_CreateTopics_result_topics(
                rd_kafka_event_CreateTopics_result(event), &count)
            return unsafe readResults(results, count)
        }
    }

    /// Deletes topics with all their records; each succeeds or fails by itself.
    public func deleteTopics(_ names: [String], timeoutMilliseconds: Int) throws(KafkaError) -> [TopicResult] {
        guard !names.isEmpty else { return [] }
        var made: [OpaquePointer?] = unsafe names.map { unsafe rd_kafka_DeleteTopic_new($0) }
        defer { unsafe rd_kafka_DeleteTopic_destroy_array(&made, made.count) }
        return try unsafe request(RD_KAFKA_ADMIN_OP_DELETETOPICS, timeoutMilliseconds: timeoutMilliseconds) {
            client, options, queue in
            unsafe rd_kafka_DeleteTopics(client, &made, made.count, options, queue)
        } read: { event throws(KafkaError) in
            var count = 0
            let results = unsafe rd_kafka_DeleteTopics_result_topics(
                rd_kafka_event_DeleteTopics_result(event), &count)
            return unsafe readResults(results, count)
        }
    }

    /// The topics of the cluster, or the one of that name, by name; an unknown topic is absent.
    ///
    /// It always asks for all, because asking for one lets a broker with auto-creation create it.
    public func metadata(
        topic: String? = nil, timeoutMilliseconds: Int
    ) throws(KafkaError) -> [TopicDescription] {
        try client.topics(timeoutMilliseconds: timeoutMilliseconds).filter { topic == nil || $0.name == topic }
    }

    private func makeTopic(_ topic: NewTopic) throws(KafkaError) -> OpaquePointer {
        let made = unsafe rd_kafka_NewTopic_new(
            topic.name, Int32(clamping: topic.partitions), Int32(clamping: topic.replication), nil, 0)
        guard let made = unsafe made else {
            throw KafkaError(
                RD_KAFKA_RESP_ERR__INVALID_ARG,
                "topic \(topic.name): \(topic.partitions) partitions, replication \(topic.replication)")
        }
        for (property, value) in topic.configuration {
            let response = unsafe rd_kafka_NewTopic_set_config(made, property, value)
            if response != RD_KAFKA_RESP_ERR_NO_ERROR {
                unsafe rd_kafka_NewTopic_destroy(made)
                throw KafkaError(response, "topic \(topic.name): \(property)")
            }
        }
        return unsafe made
    }
}

private func readResults(_ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int) -> [TopicResult] {
    (0..<count).compactMap { index in
        guard let result = unsafe results?[index] else { return nil }
        let response = unsafe rd_kafka_topic_result_error(result)
        let text = unsafe rd_kafka_topic_result_error_string(result).map { unsafe String(cString: $0) }
        return TopicResult(
            name: unsafe String(cString: rd_kafka_topic_result_name(result)),
            error: response == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaError(response, text))
    }
}
