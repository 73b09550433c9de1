import CLibrdkafka

/// librdkafka's list of partitions with offsets, freed with the value.
@safe struct PartitionList: ~Copyable {
    let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    init(_ partitions: some Collection<TopicPartition>) {
        unsafe pointer = rd_kafka_topic_partition_list_new(Int32(partitions.count))
        for partition in partitions {
            unsafe rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition)
        }
    }

    init(_ offsets: [TopicPartition: Int64]) {
        unsafe pointer = rd_kafka_topic_partition_list_new(Int32(offsets.count))
        for (partition, offset) in offsets {
            let element = unsafe rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition)
            unsafe element?.pointee.offset = offset
        }
    }

    /// Whole topics, as a subscription wants them.
    init(topics: [String]) {
        self.init(topics.map { TopicPartition(topic: $0, partition: -1) })  // RD_KAFKA_PARTITION_UA
    }

    /// Takes over a list that librdkafka has made.
    init(taking pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe rd_kafka_topic_partition_list_destroy(pointer)
    }

    var elements: [PartitionOffset] {
        unsafe PartitionOffset.all(in: pointer)
    }

    /// The offsets that exist; a partition without one is absent.
    ///
    /// - Throws: `KafkaError` of the first partition that has one.
    func offsets() throws(KafkaError) -> [TopicPartition: Int64] {
        try PartitionOffset.existing(in: elements)
    }

    /// Throws the first error that is not about a partition this client does not hold.
    func throwErrorsOfOwnedPartitions() throws(KafkaError) {
        for element in elements
        where element.error != RD_KAFKA_RESP_ERR__STATE && element.error != RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION {
            try KafkaError.check(element.error)
        }
    }
}

/// One line of such a list, copied.
struct PartitionOffset {
    let partition: TopicPartition
    let offset: Int64
    let error: rd_kafka_resp_err_t

    static func existing(in elements: [PartitionOffset]) throws(KafkaError) -> [TopicPartition: Int64] {
        var offsets: [TopicPartition: Int64] = [:]
        for element in elements {
            try KafkaError.check(element.error)
            if element.offset >= 0 {
                offsets[element.partition] = element.offset
            }
        }
        return offsets
    }

    static func all(in list: UnsafePointer<rd_kafka_topic_partition_list_t>) -> [PartitionOffset] {
        (0..<Int(unsafe list.pointee.cnt)).map { index in
            let element = unsafe list.pointee.elems[index]
            return PartitionOffset(
                partition: TopicPartition(
                    topic: unsafe String(cString: element.topic), partition: unsafe element.partition),
                offset: unsafe element.offset, error: unsafe element.err)
        }
    }
}
