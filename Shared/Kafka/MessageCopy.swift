import CLibrdkafka

/// Copies the messages of one batch into records, with one `String` per topic.
///
/// It must not outlive the batch: topic handles are told apart by their address, which librdkafka may use again.
struct MessageCopy {
    private var topics: [(address: UInt, name: String)] = []
    private var latest = 0

    mutating func record(of message: UnsafeMutablePointer<rd_kafka_message_t>) -> KafkaRecord {
        KafkaRecord(
            topic: unsafe topic(of: message),
            partition: unsafe message.pointee.partition,
            offset: unsafe message.pointee.offset,
            timestampMilliseconds: unsafe rd_kafka_message_timestamp(message, nil),
            key: unsafe bytes(message.pointee.key, message.pointee.key_len),
            value: unsafe bytes(message.pointee.payload, message.pointee.len),
            headers: unsafe headers(of: message))
    }

    mutating func topicPartition(of message: UnsafeMutablePointer<rd_kafka_message_t>) -> TopicPartition {
        TopicPartition(topic: unsafe topic(of: message), partition: unsafe message.pointee.partition)
    }

    private mutating func topic(of message: UnsafeMutablePointer<rd_kafka_message_t>) -> String {
        let address = unsafe UInt(bitPattern: message.pointee.rkt)
        if latest < topics.count, topics[latest].address == address {
            return topics[latest].name
        }
        if let known = topics.firstIndex(where: { $0.address == address }) {
            latest = known
        } else {
            latest = topics.count
            let name = unsafe message.pointee.rkt.map { unsafe String(cString: rd_kafka_topic_name($0)) } ?? ""
            topics.append((address, name))
        }
        return topics[latest].name
    }
}

private func bytes(_ start: UnsafeRawPointer?, _ count: Int) -> [UInt8]? {
    guard let start = unsafe start else { return nil }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
}

private func headers(of message: UnsafeMutablePointer<rd_kafka_message_t>) -> [KafkaHeader] {
    var list: OpaquePointer?
    guard unsafe rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR else { return [] }
    var headers: [KafkaHeader] = []
    headers.reserveCapacity(unsafe rd_kafka_header_cnt(list))
    var name: UnsafePointer<CChar>?
    var value: UnsafeRawPointer?
    var size = 0
    while unsafe rd_kafka_header_get_all(list, headers.count, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR,
        let text = unsafe name
    {
        headers.append(KafkaHeader(name: unsafe String(cString: text), value: unsafe bytes(value, size) ?? []))
    }
    return headers
}
