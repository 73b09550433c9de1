import CLibrdkafka

/// What the cluster says of itself to any of its clients.
extension Client {
    /// The topics of the cluster by name; each has at least one partition.
    ///
    /// It always asks for all, because asking for one lets a broker with auto-creation create it.
    func topics(timeoutMilliseconds: Int) throws(KafkaError) -> [TopicDescription] {
        let metadata = try unsafe fetchMetadata(ofAllTopics: true, timeoutMilliseconds)
        defer { unsafe rd_kafka_metadata_destroy(metadata) }
        let all = (0..<Int(unsafe metadata.pointee.topic_cnt)).map { index in
            let topic = unsafe metadata.pointee.topics[index]
            return TopicDescription(
                name: unsafe String(cString: topic.topic), partitionCount: Int(unsafe topic.partition_cnt))
        }
        return all.filter { $0.partitionCount > 0 }.sorted { $0.name < $1.name }
    }

    /// Returns when some broker has answered.
    func awaitAnswer(timeoutMilliseconds: Int) throws(KafkaError) {
        unsafe rd_kafka_metadata_destroy(try unsafe fetchMetadata(ofAllTopics: false, timeoutMilliseconds))
    }

    private func fetchMetadata(
        ofAllTopics isOfAll: Bool, _ timeoutMilliseconds: Int
    ) throws(KafkaError) -> UnsafePointer<rd_kafka_metadata> {
        var pointer: UnsafePointer<rd_kafka_metadata>?
        let response = unsafe rd_kafka_metadata(
            try open, isOfAll ? 1 : 0, nil, &pointer, Int32(clamping: timeoutMilliseconds))
        try KafkaError.check(response)
        guard let metadata = unsafe pointer else { throw KafkaError(RD_KAFKA_RESP_ERR__BAD_MSG) }
        return unsafe metadata
    }
}

extension Consumer {
    /// The topics of the cluster by name.
    public func topics(timeoutMilliseconds: Int) throws(KafkaError) -> [TopicDescription] {
        try client.topics(timeoutMilliseconds: timeoutMilliseconds)
    }
}

extension Producer {
    /// Asks the cluster for a sign of life and returns when it has come.
    ///
    /// - Throws: `KafkaError` with `isRetriable` when none came in time.
    public func awaitAnswer(timeoutMilliseconds: Int) throws(KafkaError) {
        try client.awaitAnswer(timeoutMilliseconds: timeoutMilliseconds)
    }
}
