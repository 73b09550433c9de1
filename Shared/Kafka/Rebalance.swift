import CLibrdkafka

/// What changes when the group moves partitions, and who is told.
///
/// librdkafka calls back inside the consumer's `poll` and `close`, on their thread: nothing here needs a lock. The
/// consumer owns this object and destroys the client first, so the pointer librdkafka holds is always good.
final class Rebalance {
    var onAssign: ([TopicPartition]) -> Void
    var onRevoke: ([TopicPartition]) -> Void
    let batch = MessageBatch()
    var endReached: Set<TopicPartition> = []
    private var wasCooperative = false
    /// Partitions taken away in the middle of this poll, with the number of messages that were taken before.
    private var revocations: [(messages: Int, partitions: Set<TopicPartition>)] = []

    init(onAssign: @escaping ([TopicPartition]) -> Void, onRevoke: @escaping ([TopicPartition]) -> Void) {
        self.onAssign = onAssign
        self.onRevoke = onRevoke
    }

    /// Registers the callback on a configuration.
    func register(on settings: OpaquePointer) {
        unsafe rd_kafka_conf_set_opaque(settings, Unmanaged.passUnretained(self).toOpaque())
        unsafe rd_kafka_conf_set_rebalance_cb(settings) { client, code, list, state in
            guard let client = unsafe client, let list = unsafe list, let state = unsafe state else { return }
            let rebalance = unsafe Unmanaged<Rebalance>.fromOpaque(state).takeUnretainedValue()
            unsafe rebalance.apply(code, list, client)
        }
    }

    func beginPoll() {
        revocations.removeAll(keepingCapacity: true)
    }

    var hasRevocations: Bool {
        !revocations.isEmpty
    }

    /// Whether a message of this poll was taken before its partition was: another member may handle it by now.
    ///
    /// librdkafka takes back such messages only within one of its calls, and a poll makes several.
    func isStale(_ partition: TopicPartition, at index: Int) -> Bool {
        revocations.contains { index < $0.messages && $0.partitions.contains(partition) }
    }

    func note(revocation partitions: [TopicPartition], after messages: Int) {
        revocations.append((messages, Set(partitions)))
    }

    /// Answers the group, for the eager protocol (all partitions anew) and the cooperative one (the difference).
    private func apply(
        _ code: rd_kafka_resp_err_t, _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>,
        _ client: OpaquePointer
    ) {
        let isCooperative = unsafe isCooperative(client)
        let partitions = unsafe PartitionOffset.all(in: list).map(\.partition).sorted()
        endReached.subtract(partitions)
        if code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
            if isCooperative {
                unsafe logFailure(of: rd_kafka_incremental_assign(client, list))
            } else {
                unsafe logFailure(of: rd_kafka_assign(client, list))
            }
            onAssign(partitions)
            return
        }
        if code != RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS {
            logFailure(of: code)
        }
        note(revocation: partitions, after: batch.filled)
        onRevoke(partitions)
        if isCooperative {
            unsafe logFailure(of: rd_kafka_incremental_unassign(client, list))
        } else {
            unsafe logFailure(of: rd_kafka_assign(client, nil))
        }
    }

    /// Whether partitions change hands one by one.
    ///
    /// A client that is being closed has no protocol any more, and its last partitions are taken away then: they go as they
    /// came.
    func isCooperative(_ client: OpaquePointer) -> Bool {
        if let name = unsafe rd_kafka_rebalance_protocol(client) {
            wasCooperative = unsafe String(cString: name) == "COOPERATIVE"
        }
        return wasCooperative
    }

    private func logFailure(of error: OpaquePointer?) {
        if let error = unsafe error {
            unsafe logRetried(KafkaError(taking: error), "rebalance refused")
        }
    }

    private func logFailure(of response: rd_kafka_resp_err_t) {
        if response != RD_KAFKA_RESP_ERR_NO_ERROR {
            logRetried(KafkaError(response), "rebalance failed")
        }
    }
}
