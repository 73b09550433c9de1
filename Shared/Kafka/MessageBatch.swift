import CLibrdkafka

/// The messages of one poll while librdkafka still owns them.
///
/// The slots are empty between polls, so that a rebalance in the middle of a poll can tell what came before it.
/// librdkafka takes back, within one call, messages that it finds outdated; what it leaves behind the end is cleared.
@safe final class MessageBatch {
    private var slots: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
    private var capacity: Int

    init() {
        capacity = 512
        unsafe slots = .allocate(capacity: capacity)
        unsafe slots.initialize(repeating: nil, count: capacity)
    }

    deinit {
        unsafe slots.deallocate()
    }

    /// How many slots librdkafka has filled so far.
    var filled: Int {
        (0..<capacity).first { unsafe slots[$0] == nil } ?? capacity
    }

    /// Waits for the first message, then takes those that are there, without waiting for more.
    ///
    /// - Throws: `KafkaError` when librdkafka cannot read the queue.
    func fill(from queue: OpaquePointer, maximum: Int, timeoutMilliseconds: Int) throws(KafkaError) -> Int {
        grow(to: maximum)
        // One call for all would wait the whole time to fill the batch.
        let ready = try unsafe take(from: queue, at: 0, maximum, timeoutMilliseconds: 0)
        if ready > 0 || timeoutMilliseconds == 0 {
            return ready
        }
        let first = try unsafe take(from: queue, at: 0, 1, timeoutMilliseconds: timeoutMilliseconds)
        guard first > 0, maximum > 1 else { return first }
        return first + (try unsafe take(from: queue, at: first, maximum - first, timeoutMilliseconds: 0))
    }

    func message(at index: Int) -> UnsafeMutablePointer<rd_kafka_message_t>? {
        unsafe slots[index]
    }

    /// Gives all messages back to librdkafka.
    func release(_ count: Int) {
        for index in 0..<count {
            unsafe rd_kafka_message_destroy(slots[index])
            unsafe slots[index] = nil
        }
    }

    private func clear(from start: Int) {
        unsafe (slots + start).update(repeating: nil, count: capacity - start)
    }

    private func take(
        from queue: OpaquePointer, at start: Int, _ maximum: Int, timeoutMilliseconds: Int
    ) throws(KafkaError) -> Int {
        let count = unsafe rd_kafka_consume_batch_queue(
            queue, Int32(clamping: timeoutMilliseconds), slots + start, maximum)
        clear(from: start + max(count, 0))
        if count < 0 {
            throw KafkaError(rd_kafka_last_error())
        }
        return count
    }

    private func grow(to maximum: Int) {
        guard maximum > capacity else { return }
        unsafe slots.deallocate()
        capacity = maximum
        unsafe slots = .allocate(capacity: capacity)
        unsafe slots.initialize(repeating: nil, count: capacity)
    }
}
