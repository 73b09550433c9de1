import CLibrdkafka

/// Asks a cluster about itself and changes it: topics, offsets, old records.
///
/// It belongs to one thread. Every call waits for the broker's answer, at most `timeoutMilliseconds`.
@safe public final class Admin {
    let client: Client

    /// - Parameter configuration: librdkafka's properties.
    /// - Throws: `KafkaError` naming the property that is unknown or wrong.
    /// - Source: librdkafka, CONFIGURATION.md; rdkafka.h, "Admin API".
    public init(_ configuration: [String: String]) throws(KafkaError) {
        client = try unsafe Client(RD_KAFKA_PRODUCER, configuration)
    }

    deinit {
        close()
    }

    /// Frees the client; later calls throw. Idempotent.
    public func close() {
        client.destroy()
    }

    /// Sends one request of librdkafka's admin API and reads its answer while it is there.
    ///
    /// - Parameter send: Gets the client, the options and the queue for the answer.
    /// - Parameter read: Gets the answer, which is freed afterwards.
    func request<Answer>(
        _ operation: rd_kafka_admin_op_t, timeoutMilliseconds: Int,
        _ send: (_ client: OpaquePointer, _ options: OpaquePointer, _ queue: OpaquePointer) -> Void,
        read: (_ event: OpaquePointer) throws(KafkaError) -> Answer
    ) throws(KafkaError) -> Answer {
        let handle = try unsafe client.open
        // Errors of the client itself (a broker down) are logged here, or they would pile up.
        _ = unsafe rd_kafka_poll(handle, 0)
        guard let queue = unsafe rd_kafka_queue_new(handle),
            let options = unsafe rd_kafka_AdminOptions_new(handle, operation)
        else { throw KafkaError(RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE) }
        defer {
            unsafe rd_kafka_AdminOptions_destroy(options)
            unsafe rd_kafka_queue_destroy(queue)
        }
        let timeout = Int32(clamping: timeoutMilliseconds)
        try KafkaError.check(unsafe rd_kafka_AdminOptions_set_request_timeout(options, timeout, nil, 0))
        if operation.waitsAtTheBroker {
            try KafkaError.check(unsafe rd_kafka_AdminOptions_set_operation_timeout(options, timeout, nil, 0))
        }
        unsafe send(handle, options, queue)
        // librdkafka answers within the request's timeout; the second more is for its own threads.
        guard let event = unsafe rd_kafka_queue_poll(queue, Int32(clamping: timeoutMilliseconds + 1000)) else {
            throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT)
        }
        defer { unsafe rd_kafka_event_destroy(event) }
        let response = unsafe rd_kafka_event_error(event)
        guard response == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw KafkaError(response, unsafe rd_kafka_event_error_string(event).map { unsafe String(cString: $0) })
        }
        return try unsafe read(event)
    }
}

extension rd_kafka_admin_op_t {
    /// Requests that the broker answers only when the whole cluster has done it.
    fileprivate var waitsAtTheBroker: Bool {
        self == RD_KAFKA_ADMIN_OP_CREATETOPICS || self == RD_KAFKA_ADMIN_OP_DELETETOPICS
            || self == RD_KAFKA_ADMIN_OP_DELETERECORDS
    }
}
