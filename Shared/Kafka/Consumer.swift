import CLibrdkafka

/// Reads topics as a member of a group, or given partitions on its own.
///
/// It belongs to one thread: every call, `close` included, comes from the thread that made it, and the callbacks run
/// there inside `poll` and `close`. After `close` every call throws `_DESTROY` or answers with nothing.
@safe public final class Consumer {
    let client: Client
    let rebalance: Rebalance
    private var queue: OpaquePointer?
    private var failure: KafkaError?
    /// How many errors librdkafka has reported to this consumer and retries by itself; each is logged.
    public private(set) var retriedErrors = 0

    /// Starts a client; it reads nothing before `subscribe` or `assign`.
    ///
    /// Unless the configuration says otherwise nothing is stored or committed by itself, and a consumer without
    /// `group.id` gets one that it never commits to, because librdkafka wants a name even for `assign`.
    ///
    /// - Parameter configuration: librdkafka's properties; `enable.partition.eof=true` for `endReached`.
    /// - Parameter onAssign: Told after partitions became ours.
    /// - Parameter onRevoke: Told while they still are: finish what is in hand, store and commit, then return. Ask
    ///   `isAssignmentLost` first: when it is true they are another's already and a commit fails.
    /// - Throws: `KafkaError` naming the property that is unknown or wrong.
    /// - Source: librdkafka, CONFIGURATION.md.
    public init(
        _ configuration: [String: String],
        onAssign: @escaping ([TopicPartition]) -> Void = { _ in },
        onRevoke: @escaping ([TopicPartition]) -> Void = { _ in }
    ) throws(KafkaError) {
        let defaults = [
            "group.id": "without-group", "enable.auto.commit": "false", "enable.auto.offset.store": "false",
        ]
        let rebalance = Rebalance(onAssign: onAssign, onRevoke: onRevoke)
        let client = try unsafe Client(RD_KAFKA_CONSUMER, defaults.merging(configuration) { $1 }) { settings in
            unsafe rebalance.register(on: settings)
        }
        let handle = try unsafe client.open
        // One queue for messages, rebalances and errors: serving it is what `poll` does.
        try KafkaError.check(unsafe rd_kafka_poll_set_consumer(handle))
        self.rebalance = rebalance
        self.client = client
        unsafe queue = rd_kafka_queue_get_consumer(handle)
    }

    deinit {
        // Who let go of the consumer wants no more calls: the callbacks may lead into objects that are being freed.
        rebalance.onAssign = { _ in }
        rebalance.onRevoke = { _ in }
        close()
    }

    /// Joins the group for these topics, in place of those before.
    public func subscribe(_ topics: [String]) throws(KafkaError) {
        let list = PartitionList(topics: topics)
        try KafkaError.check(unsafe rd_kafka_subscribe(client.open, list.pointer))
    }

    /// Reads these partitions, without a group, in place of those before.
    ///
    /// - Parameter offsets: The offset to begin with; -2 is the beginning, -1 the end, -1000 what is committed.
    public func assign(_ offsets: [TopicPartition: Int64]) throws(KafkaError) {
        let list = PartitionList(offsets)
        try KafkaError.check(unsafe rd_kafka_assign(client.open, list.pointer))
        rebalance.endReached = []
    }

    /// Takes what is there, or waits for the first message; it never waits to fill the batch.
    ///
    /// It must be called at least every `max.poll.interval.ms`. Errors that librdkafka retries are logged and counted.
    ///
    /// - Returns: At most `maximum` records, in offset order per partition; none when the time was up.
    /// - Throws: `KafkaError` when reading cannot go on: fatal (again on each call), not authorised, or an offset out
    ///   of range with `auto.offset.reset=error`. Records that came before it are returned first.
    public func poll(maximum: Int, timeoutMilliseconds: Int) throws(KafkaError) -> [KafkaRecord] {
        precondition(maximum > 0, "a batch of \(maximum)")
        guard let queue = unsafe queue else {
            throw KafkaError(RD_KAFKA_RESP_ERR__DESTROY, "the consumer is closed")
        }
        try throwFailure()
        rebalance.beginPoll()
        let count = try unsafe rebalance.batch.fill(
            from: queue, maximum: maximum, timeoutMilliseconds: timeoutMilliseconds)
        let records = copyRecords(count)
        rebalance.batch.release(count)
        if records.isEmpty {
            try throwFailure()
            if let fatal = client.fatalError {
                failure = fatal
                throw fatal
            }
        }
        return records
    }

    /// Partitions that were read to their end at least once since they were assigned or sought; needs
    /// `enable.partition.eof=true`.
    ///
    /// Every record before that end has been returned by then, so a reader that waits for a partition to appear here
    /// has read all that was in it when the reading began.
    public var endReached: Set<TopicPartition> {
        rebalance.endReached
    }

    /// Records and events that librdkafka holds ready for `poll`.
    public var queued: Int {
        unsafe queue.map { unsafe rd_kafka_queue_length($0) } ?? 0
    }

    /// Leaves the group (a dynamic member), gives partitions back through `onRevoke`, and frees the client.
    ///
    /// It commits nothing by itself unless `enable.auto.commit` is true. Further calls do nothing.
    public func close() {
        guard let queue = unsafe queue else { return }
        if let handle = try? unsafe client.open {  // It is open as long as there is a queue.
            let response = unsafe rd_kafka_consumer_close(handle)
            if response != RD_KAFKA_RESP_ERR_NO_ERROR {
                logRetried(KafkaError(response), "consumer close failed")
            }
        }
        unsafe self.queue = nil
        unsafe rd_kafka_queue_destroy(queue)
        client.destroy()
        rebalance.endReached = []
    }

    private func copyRecords(_ count: Int) -> [KafkaRecord] {
        var records: [KafkaRecord] = []
        records.reserveCapacity(count)
        var copy = MessageCopy()
        for index in 0..<count {
            guard let message = unsafe rebalance.batch.message(at: index) else { continue }
            if rebalance.hasRevocations, unsafe rebalance.isStale(copy.topicPartition(of: message), at: index) {
                continue
            }
            switch unsafe message.pointee.err {
            case RD_KAFKA_RESP_ERR_NO_ERROR:
                unsafe records.append(copy.record(of: message))
            case RD_KAFKA_RESP_ERR__PARTITION_EOF:
                unsafe rebalance.endReached.insert(copy.topicPartition(of: message))
            default:
                let text = unsafe rd_kafka_message_errstr(message).map { unsafe String(cString: $0) }
                note(KafkaError(unsafe message.pointee.err, text))
            }
        }
        return records
    }

    /// Keeps an error that ends the reading for the caller, counts and logs any other.
    private func note(_ error: KafkaError) {
        switch rd_kafka_resp_err_t(rawValue: error.code) {
        case RD_KAFKA_RESP_ERR__FATAL:
            failure = client.fatalError ?? error
        case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
            failure = error
        default:
            retriedErrors += 1
            logRetried(error, "consumer error")
        }
    }

    private func throwFailure() throws(KafkaError) {
        guard let failure else { return }
        if !failure.isFatal {
            self.failure = nil
        }
        throw failure
    }
}
