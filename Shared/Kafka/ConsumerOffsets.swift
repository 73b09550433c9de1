import CLibrdkafka

/// Where a consumer stands, and how it moves.
extension Consumer {
    /// What this consumer reads now.
    public var assignment: [TopicPartition] {
        var pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
        guard let handle = try? unsafe client.open,  // A closed consumer reads nothing.
            unsafe rd_kafka_assignment(handle, &pointer) == RD_KAFKA_RESP_ERR_NO_ERROR,
            let taken = unsafe pointer
        else { return [] }
        return unsafe PartitionList(taking: taken).elements.map(\.partition).sorted()
    }

    /// Inside `onRevoke`: the group has given the partitions to others already (a missed heartbeat, a slow poll).
    public var isAssignmentLost: Bool {
        guard let handle = try? unsafe client.open else { return true }  // A closed consumer holds nothing.
        return unsafe rd_kafka_assignment_lost(handle) != 0
    }

    /// Marks how far the work is done, for the next `commit`.
    ///
    /// - Parameter next: The offset after the last handled record; partitions no longer ours are ignored.
    public func storeOffsets(_ next: [TopicPartition: Int64]) throws(KafkaError) {
        guard !next.isEmpty else { return }
        let list = PartitionList(next)
        let response = unsafe rd_kafka_offsets_store(try client.open, list.pointer)
        if response == RD_KAFKA_RESP_ERR__INVALID_ARG {
            throw KafkaError(response, "storing offsets needs enable.auto.offset.store=false")
        }
        try list.throwErrorsOfOwnedPartitions()
    }

    /// Commits the stored offsets and waits for the broker's answer; nothing stored is a success.
    ///
    /// - Throws: `KafkaError`; with `isAssignmentLost` the group has moved on, the work will be handled again.
    public func commit() throws(KafkaError) {
        let response = unsafe rd_kafka_commit(try client.open, nil, 0)
        if response != RD_KAFKA_RESP_ERR__NO_OFFSET {
            try KafkaError.check(response)
        }
    }

    /// Stops taking records of these partitions, until `resume` or a new assignment; others' are ignored.
    public func pause(_ partitions: [TopicPartition]) throws(KafkaError) {
        let list = PartitionList(partitions)
        try KafkaError.check(unsafe rd_kafka_pause_partitions(try client.open, list.pointer))
        try list.throwErrorsOfOwnedPartitions()
    }

    /// Goes on after the last record that `poll` has returned.
    public func resume(_ partitions: [TopicPartition]) throws(KafkaError) {
        let list = PartitionList(partitions)
        try KafkaError.check(unsafe rd_kafka_resume_partitions(try client.open, list.pointer))
        try list.throwErrorsOfOwnedPartitions()
    }

    /// Goes on reading at these offsets (-2 beginning, -1 end); the next `poll` returns nothing older.
    ///
    /// - Throws: `KafkaError`, also for a partition that is not ours or has not begun to be read.
    public func seek(_ offsets: [TopicPartition: Int64], timeoutMilliseconds: Int = 10_000) throws(KafkaError) {
        let list = PartitionList(offsets)
        let error = unsafe rd_kafka_seek_partitions(
            try client.open, list.pointer, Int32(clamping: timeoutMilliseconds))
        if let error = unsafe error {
            throw unsafe KafkaError(taking: error)
        }
        for element in list.elements {
            try KafkaError.check(element.error)
        }
        rebalance.endReached.subtract(offsets.keys)
    }

    /// The offset after the last record that `poll` has returned; absent before the first.
    public func position(_ partitions: [TopicPartition]) throws(KafkaError) -> [TopicPartition: Int64] {
        let list = PartitionList(partitions)
        try KafkaError.check(unsafe rd_kafka_position(try client.open, list.pointer))
        return try list.offsets()
    }

    /// What the group has committed; absent where nothing is.
    public func committed(
        _ partitions: [TopicPartition], timeoutMilliseconds: Int
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        let list = PartitionList(partitions)
        try KafkaError.check(
            unsafe rd_kafka_committed(try client.open, list.pointer, Int32(clamping: timeoutMilliseconds)))
        return try list.offsets()
    }

    /// The oldest offset the broker has and the one its next record gets.
    public func watermarks(
        _ partition: TopicPartition, timeoutMilliseconds: Int
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        try client.watermarks(partition, timeoutMilliseconds: timeoutMilliseconds)
    }
}

extension Client {
    func watermarks(
        _ partition: TopicPartition, timeoutMilliseconds: Int
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        var low: Int64 = 0
        var high: Int64 = 0
        try KafkaError.check(
            unsafe rd_kafka_query_watermark_offsets(
                try open, partition.topic, partition.partition, &low, &high, Int32(clamping: timeoutMilliseconds)))
        return (low, high)
    }
}
