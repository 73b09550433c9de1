import CLibrdkafka

/// One librdkafka client: the only owner of its handle.
///
/// Whatever the handle lends (queues, topics) must be given back before `destroy`.
@safe final class Client {
    private var handle: OpaquePointer?

    /// - Parameter prepare: Sets callbacks on the configuration before the client starts.
    /// - Throws: `KafkaError` naming the property that is unknown or has a value out of range.
    init(
        _ type: rd_kafka_type_t, _ configuration: [String: String],
        prepare: (OpaquePointer) -> Void = { _ in }
    ) throws(KafkaError) {
        // Nothing may throw after the assignment: deinit would run on what was thrown away.
        unsafe handle = try Self.create(type, configuration, prepare)
    }

    deinit {
        destroy()
    }

    /// The handle, lent for one call.
    var open: OpaquePointer {
        get throws(KafkaError) {
            guard let handle = unsafe handle else {
                throw KafkaError(RD_KAFKA_RESP_ERR__DESTROY, "the client is closed")
            }
            return unsafe handle
        }
    }

    /// The error after which this client can do nothing more, if it happened.
    var fatalError: KafkaError? {
        guard let handle = unsafe handle else { return nil }
        return unsafe withErrorText { text, size in
            unsafe rd_kafka_fatal_error(handle, text, size)
        } then: { code, text in
            code == RD_KAFKA_RESP_ERR_NO_ERROR
                ? nil : KafkaError(code: code.rawValue, message: text, isFatal: true)
        }
    }

    /// Stops the client's threads and frees it; later calls do nothing.
    func destroy() {
        guard let handle = unsafe handle else { return }
        unsafe self.handle = nil
        unsafe rd_kafka_destroy(handle)
    }

    private static func create(
        _ type: rd_kafka_type_t, _ configuration: [String: String], _ prepare: (OpaquePointer) -> Void
    ) throws(KafkaError) -> OpaquePointer {
        guard let settings = unsafe rd_kafka_conf_new() else {
            throw KafkaError(RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE)
        }
        for (property, value) in configuration.sorted(by: { $0.key < $1.key }) {
            let refusal: KafkaError? = unsafe withErrorText { text, size in
                unsafe rd_kafka_conf_set(settings, property, value, text, size)
            } then: { outcome, text in
                outcome == RD_KAFKA_CONF_OK ? nil : KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, "\(property): \(text)")
            }
            if let refusal {
                unsafe rd_kafka_conf_destroy(settings)
                throw refusal
            }
        }
        unsafe rd_kafka_conf_set_log_cb(settings, forwardLog)
        unsafe rd_kafka_conf_set_error_cb(settings, forwardError)
        unsafe prepare(settings)
        let made: Result<OpaquePointer, KafkaError> = unsafe withErrorText { text, size in
            unsafe rd_kafka_new(type, settings, text, size)
        } then: { handle, text in
            unsafe handle.map { unsafe .success($0) } ?? .failure(KafkaError(rd_kafka_last_error(), text))
        }
        // rd_kafka_new owns the settings only when it succeeds.
        if case .failure = unsafe made {
            unsafe rd_kafka_conf_destroy(settings)
        }
        return try unsafe made.get()
    }
}

/// Lends librdkafka a buffer for its explanation and hands on the text with the outcome.
private func withErrorText<Outcome, Answer>(
    _ call: (UnsafeMutablePointer<CChar>?, Int) -> Outcome, then read: (Outcome, String) -> Answer
) -> Answer {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
        unsafe buffer.initialize(repeating: 0)
        let outcome = unsafe call(buffer.baseAddress, buffer.count)
        return read(outcome, unsafe buffer.baseAddress.map { unsafe String(cString: $0) } ?? "")
    }
}
