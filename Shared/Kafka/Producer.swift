import CLibrdkafka

/// Sends messages and tells, by token, what became of each.
///
/// It belongs to one thread: every call comes from the thread that made it.
@safe public final class Producer {
    let client: Client
    private let deliveries: Deliveries
    /// librdkafka's handle of each topic sent to; given back in `close`.
    private var topics: [String: TopicHandle] = [:]

    /// - Parameter configuration: librdkafka's properties.
    /// - Throws: `KafkaError` naming the property that is unknown or wrong.
    /// - Source: librdkafka, CONFIGURATION.md.
    public init(_ configuration: [String: String]) throws(KafkaError) {
        let deliveries = Deliveries()
        client = try unsafe Client(RD_KAFKA_PRODUCER, configuration) { settings in
            unsafe deliveries.register(on: settings)
        }
        self.deliveries = deliveries
    }

    deinit {
        close()
    }

    /// Copies a message into the queue; librdkafka sends and repeats it until `delivery.timeout.ms`.
    ///
    /// - Parameter partition: Where to; nil leaves it to `partitioner`.
    /// - Parameter timestampMilliseconds: Since 1970 UTC; nil is now.
    /// - Parameter token: Returned in the message's `Delivery`.
    /// - Throws: `KafkaError`: `isQueueFull` (poll, then again), `isMessageTooLarge`, or fatal. Nothing was queued
    ///   then, and no delivery comes.
    public func send(
        topic: String, key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader], partition: Int32? = nil,
        timestampMilliseconds: Int64? = nil, token: UInt
    ) throws(KafkaError) {
        let handle = try unsafe client.open
        let topicHandle = try self.topicHandle(topic)
        let list = unsafe makeHeaders(headers)
        let error = unsafe withBytes(key) { key, keySize in
            unsafe withBytes(value) { value, valueSize in
                unsafe withUnsafeTemporaryAllocation(of: rd_kafka_vu_t.self, capacity: 8) { parts in
                    // Fields in place: assigning a whole part would copy its 72 bytes of union.
                    let part = unsafe parts.baseAddress.unsafelyUnwrapped
                    unsafe part[0].vtype = RD_KAFKA_VTYPE_RKT
                    unsafe part[0].u.rkt = topicHandle.pointer
                    unsafe part[1].vtype = RD_KAFKA_VTYPE_PARTITION
                    unsafe part[1].u.i32 = partition ?? -1  // RD_KAFKA_PARTITION_UA
                    unsafe part[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS
                    unsafe part[2].u.i = RD_KAFKA_MSG_F_COPY
                    unsafe part[3].vtype = RD_KAFKA_VTYPE_KEY
                    unsafe part[3].u.mem.ptr = key
                    unsafe part[3].u.mem.size = keySize
                    unsafe part[4].vtype = RD_KAFKA_VTYPE_VALUE
                    unsafe part[4].u.mem.ptr = value
                    unsafe part[4].u.mem.size = valueSize
                    unsafe part[5].vtype = RD_KAFKA_VTYPE_OPAQUE
                    unsafe part[5].u.ptr = UnsafeMutableRawPointer(bitPattern: token)
                    unsafe part[6].vtype = RD_KAFKA_VTYPE_TIMESTAMP
                    unsafe part[6].u.i64 = timestampMilliseconds ?? 0
                    guard let list = unsafe list else { return unsafe rd_kafka_produceva(handle, part, 7) }
                    unsafe part[7].vtype = RD_KAFKA_VTYPE_HEADERS
                    unsafe part[7].u.headers = list
                    return unsafe rd_kafka_produceva(handle, part, 8)
                }
            }
        }
        if let error = unsafe error {
            // librdkafka owns the headers only when it took the message.
            unsafe list.map { unsafe rd_kafka_headers_destroy($0) }
            throw unsafe refusal(taking: error)
        }
    }

    /// What became of messages since the last call; waits for the first report if there is none yet.
    ///
    /// Reports of one partition come in the order of sending. Not polling fills the queue.
    public func poll(timeoutMilliseconds: Int) -> [Delivery] {
        if let handle = try? unsafe client.open {  // Closed: what has been gathered is still handed out.
            _ = unsafe rd_kafka_poll(handle, deliveries.isEmpty ? Int32(clamping: timeoutMilliseconds) : 0)
        }
        return deliveries.take()
    }

    /// Sends at once and waits until every message has its report; `poll` then hands them out.
    ///
    /// - Returns: False when the time was up first.
    public func flush(timeoutMilliseconds: Int) -> Bool {
        guard let handle = try? unsafe client.open else { return true }  // Closed: nothing is on its way.
        return unsafe rd_kafka_flush(handle, Int32(clamping: timeoutMilliseconds)) == RD_KAFKA_RESP_ERR_NO_ERROR
    }

    /// The error after which this producer sends nothing more, if it happened: make a new one.
    public var fatalError: KafkaError? {
        client.fatalError
    }

    /// Messages and reports that wait: for sending, for the broker, or for `poll`.
    public var queued: Int {
        guard let handle = try? unsafe client.open else { return 0 }  // Closed: nothing waits.
        return Int(unsafe rd_kafka_outq_len(handle))
    }

    /// Frees the client without waiting: messages without a report are dropped. `flush` first. Idempotent.
    public func close() {
        topics = [:]
        client.destroy()
    }

    private func topicHandle(_ topic: String) throws(KafkaError) -> TopicHandle {
        if let known = topics[topic] {
            return known
        }
        let made = try TopicHandle(topic, of: client)
        topics[topic] = made
        return made
    }

    /// The reason of a refusal; librdkafka does not mark the one that a fatal error before it caused.
    private func refusal(taking error: OpaquePointer) -> KafkaError {
        let refusal = unsafe KafkaError(taking: error)
        return client.fatalError ?? refusal
    }
}

/// A topic as its producer knows it; it goes before its client does.
@safe private final class TopicHandle {
    let pointer: OpaquePointer

    init(_ topic: String, of client: Client) throws(KafkaError) {
        guard let made = unsafe rd_kafka_topic_new(try client.open, topic, nil) else {
            throw KafkaError(rd_kafka_last_error())
        }
        unsafe pointer = made
    }

    deinit {
        unsafe rd_kafka_topic_destroy(pointer)
    }
}

private func makeHeaders(_ headers: [KafkaHeader]) -> OpaquePointer? {
    guard !headers.isEmpty else { return nil }
    let list = unsafe rd_kafka_headers_new(headers.count)
    for header in headers {
        unsafe withBytes(header.value) { value, size in
            _ = unsafe rd_kafka_header_add(list, header.name, -1, value, size)
        }
    }
    return unsafe list
}

/// Lends the bytes to C, where a null pointer is a null value: an empty array needs an address all the same.
@inline(__always)
private func withBytes<Answer>(_ bytes: [UInt8]?, _ body: (UnsafeMutableRawPointer?, Int) -> Answer) -> Answer {
    guard let bytes else { return body(nil, 0) }
    return unsafe bytes.withUnsafeBytes { buffer in
        // librdkafka only reads through it, and nothing at all when the size is 0.
        let start = unsafe buffer.baseAddress.map { unsafe UnsafeMutableRawPointer(mutating: $0) }
        return unsafe body(start ?? UnsafeMutableRawPointer(bitPattern: 1), buffer.count)
    }
}
