import CLibrdkafka

/// What became of one sent message.
///
/// - Shape: `offset` is -1001 when the broker had the message from an earlier try of the same request.
public struct Delivery: Sendable, Equatable {
    public let token: UInt
    public let partition: Int32
    public let offset: Int64
    /// Nil when the broker has it as durably as `acks` asks.
    public let error: KafkaError?

    public init(token: UInt, partition: Int32, offset: Int64, error: KafkaError?) {
        self.token = token
        self.partition = partition
        self.offset = offset
        self.error = error
    }
}

/// Gathers deliveries between polls.
///
/// librdkafka reports inside the producer's `poll` and `flush`, on their thread: nothing here needs a lock. The
/// producer owns this object and destroys the client first, so the pointer librdkafka holds is always good.
final class Deliveries {
    private var waiting: [Delivery] = []

    var isEmpty: Bool {
        waiting.isEmpty
    }

    /// Registers the callback on a configuration.
    func register(on settings: OpaquePointer) {
        unsafe rd_kafka_conf_set_opaque(settings, Unmanaged.passUnretained(self).toOpaque())
        unsafe rd_kafka_conf_set_dr_msg_cb(settings) { _, message, state in
            guard let message = unsafe message, let state = unsafe state else { return }
            let deliveries = unsafe Unmanaged<Deliveries>.fromOpaque(state).takeUnretainedValue()
            let response = unsafe message.pointee.err
            deliveries.waiting.append(
                Delivery(
                    token: unsafe UInt(bitPattern: message.pointee._private),
                    partition: unsafe message.pointee.partition, offset: unsafe message.pointee.offset,
                    error: response == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaError(response)))
        }
    }

    func take() -> [Delivery] {
        let taken = waiting
        waiting = []
        return taken
    }
}
