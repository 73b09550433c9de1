import CLibrdkafka

/// What partitions hold, and how far groups have come.
extension Admin {
    /// The oldest offset the broker has and the one its next record gets.
    public func watermarks(
        _ partition: TopicPartition, timeoutMilliseconds: Int
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        try client.watermarks(partition, timeoutMilliseconds: timeoutMilliseconds)
    }

    /// The first offset at or after each time.
    ///
    /// - Parameter times: Milliseconds since 1970 UTC.
    /// - Returns: An offset per partition; absent where every record is older.
    public func offsets(
        for times: [TopicPartition: Int64], timeoutMilliseconds: Int
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        guard !times.isEmpty else { return [:] }
        let list = PartitionList(times)
        try KafkaError.check(
            unsafe rd_kafka_offsets_for_times(try client.open, list.pointer, Int32(clamping: timeoutMilliseconds)))
        return try list.offsets()
    }

    /// What a group has committed; absent where nothing is.
    public func committedOffsets(
        group: String, _ partitions: [TopicPartition], timeoutMilliseconds: Int
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        guard !partitions.isEmpty else { return [:] }
        let list = PartitionList(partitions)
        var question = unsafe rd_kafka_ListConsumerGroupOffsets_new(group, list.pointer)
        defer { unsafe rd_kafka_ListConsumerGroupOffsets_destroy(question) }
        return try unsafe request(
            RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, timeoutMilliseconds: timeoutMilliseconds
        ) { client, options, queue in
            unsafe rd_kafka_ListConsumerGroupOffsets(client, &question, 1, options, queue)
        } read: { event throws(KafkaError) in
            var count = 0
            let groups = unsafe rd_kafka_ListConsumerGroupOffsets_result_groups(
                rd_kafka_event_ListConsumerGroupOffsets_result(event), &count)
            return try unsafe readGroup(groups, count)
        }
    }

    /// Puts a group to other offsets; the group must have no members, or the broker refuses.
    ///
    /// - Parameter next: The offset of the next record to handle.
    public func alterCommittedOffsets(
        group: String, _ next: [TopicPartition: Int64], timeoutMilliseconds: Int
    ) throws(KafkaError) {
        guard !next.isEmpty else { return }
        let list = PartitionList(next)
        var change = unsafe rd_kafka_AlterConsumerGroupOffsets_new(group, list.pointer)
        defer { unsafe rd_kafka_AlterConsumerGroupOffsets_destroy(change) }
        _ = try unsafe request(
            RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS, timeoutMilliseconds: timeoutMilliseconds
        ) { client, options, queue in
            unsafe rd_kafka_AlterConsumerGroupOffsets(client, &change, 1, options, queue)
        } read: { event throws(KafkaError) in
            var count = 0
            let groups = unsafe rd_kafka_AlterConsumerGroupOffsets_result_groups(
                rd_kafka_event_AlterConsumerGroupOffsets_result(event), &count)
            return try unsafe readGroup(groups, count)
        }
    }

    /// Deletes the records below each offset (-1: all).
    ///
    /// - Returns: The oldest offset left in each partition.
    public func deleteRecords(
        before offsets: [TopicPartition: Int64], timeoutMilliseconds: Int
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        guard !offsets.isEmpty else { return [:] }
        let list = PartitionList(offsets)
        var deletion = unsafe rd_kafka_DeleteRecords_new(list.pointer)
        defer { unsafe rd_kafka_DeleteRecords_destroy(deletion) }
        return try unsafe request(RD_KAFKA_ADMIN_OP_DELETERECORDS, timeoutMilliseconds: timeoutMilliseconds) {
            client, options, queue in
            unsafe rd_kafka_DeleteRecords(client, &deletion, 1, options, queue)
        } read: { event throws(KafkaError) in
            try unsafe readOffsets(
                rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event)))
        }
    }
}

/// The offsets of the one group that was asked about.
private func readGroup(
    _ groups: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int
) throws(KafkaError) -> [TopicPartition: Int64] {
    guard count == 1, let group = unsafe groups?[0] else {
        throw KafkaError(RD_KAFKA_RESP_ERR__BAD_MSG, "\(count) groups in the answer about one")
    }
    if let error = unsafe rd_kafka_group_result_error(group) {
        // The error belongs to the answer: it is read, not taken.
        throw KafkaError(
            code: unsafe rd_kafka_error_code(error).rawValue,
            message: unsafe String(cString: rd_kafka_error_string(error)))
    }
    return try unsafe readOffsets(rd_kafka_group_result_partitions(group))
}

private func readOffsets(
    _ list: UnsafePointer<rd_kafka_topic_partition_list_t>?
) throws(KafkaError) -> [TopicPartition: Int64] {
    guard let list = unsafe list else { return [:] }
    return try unsafe PartitionOffset.existing(in: PartitionOffset.all(in: list))
}
