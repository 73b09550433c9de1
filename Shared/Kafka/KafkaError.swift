import CLibrdkafka

/// What librdkafka answered when it could not do as asked.
///
/// - Shape: `code` is Kafka's error code (positive, from a broker) or librdkafka's own (negative).
/// - Source: librdkafka, `rd_kafka_resp_err_t`; Kafka protocol guide, "Error codes".
public struct KafkaError: Error, Sendable, Equatable, CustomStringConvertible {
    public let code: Int32
    public let message: String
    /// The client that met it cannot go on: close it and make a new one.
    public let isFatal: Bool

    public init(code: Int32, message: String, isFatal: Bool = false) {
        self.code = code
        self.message = message
        self.isFatal = isFatal
    }

    /// The code's name without prefix, like `MSG_SIZE_TOO_LARGE`; librdkafka's own begin with `_`.
    public var name: String {
        unsafe String(cString: rd_kafka_err2name(response))
    }

    public var description: String {
        "\(name) (\(code)): \(message)"
    }

    /// The producer's queue holds `queue.buffering.max.messages`: poll for deliveries, then send again.
    public var isQueueFull: Bool {
        response == RD_KAFKA_RESP_ERR__QUEUE_FULL
    }

    /// The message exceeds `message.max.bytes` here or at the broker: sending it again cannot help.
    public var isMessageTooLarge: Bool {
        response == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE || response == RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE
    }

    public var isTopicExisting: Bool {
        response == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS
    }

    /// The cluster, or this client's view of it, has no such topic or partition (yet).
    public var isUnknownTopic: Bool {
        response == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || response == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC
            || response == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION
    }

    public var isTimedOut: Bool {
        response == RD_KAFKA_RESP_ERR__TIMED_OUT || response == RD_KAFKA_RESP_ERR__MSG_TIMED_OUT
            || response == RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT
    }

    /// The group has gone on without this member: what it held may be another's; commit nothing, poll on.
    public var isAssignmentLost: Bool {
        switch response {
        case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID,
            RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
            true
        default:
            false
        }
    }

    /// An outage: the same call may succeed later, unchanged and with the same client.
    ///
    /// - Source: Kafka protocol guide, column "Retriable"; librdkafka's own transport and waiting codes added.
    public var isRetriable: Bool {
        !isFatal && (isBrokerOutage || isLocalOutage)
    }

    private var isBrokerOutage: Bool {
        switch response {
        case RD_KAFKA_RESP_ERR_INVALID_MSG, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
            RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
            RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE,
            RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION,
            RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE,
            RD_KAFKA_RESP_ERR_NOT_COORDINATOR, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
            RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND, RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS,
            RD_KAFKA_RESP_ERR_NOT_CONTROLLER, RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR,
            RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH, RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH,
            RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT,
            RD_KAFKA_RESP_ERR_THROTTLING_QUOTA_EXCEEDED:
            true
        default:
            false
        }
    }

    private var isLocalOutage: Bool {
        switch response {
        case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__RESOLVE, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,
            RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT,
            RD_KAFKA_RESP_ERR__QUEUE_FULL, RD_KAFKA_RESP_ERR__WAIT_COORD, RD_KAFKA_RESP_ERR__WAIT_CACHE,
            RD_KAFKA_RESP_ERR__IN_PROGRESS, RD_KAFKA_RESP_ERR__PREV_IN_PROGRESS, RD_KAFKA_RESP_ERR__RETRY:
            true
        default:
            false
        }
    }

    private var response: rd_kafka_resp_err_t {
        rd_kafka_resp_err_t(rawValue: code)
    }
}

extension KafkaError {
    /// An error with the text librdkafka has for its code, or a better one.
    init(_ response: rd_kafka_resp_err_t, _ message: String? = nil) {
        let known = unsafe String(cString: rd_kafka_err2str(response))
        self.init(code: response.rawValue, message: message ?? known)
    }

    /// Copies librdkafka's error object and frees it.
    init(taking error: OpaquePointer) {
        self.init(
            code: unsafe rd_kafka_error_code(error).rawValue,
            message: unsafe String(cString: rd_kafka_error_string(error)),
            isFatal: unsafe rd_kafka_error_is_fatal(error) != 0)
        unsafe rd_kafka_error_destroy(error)
    }

    /// Throws unless the code says success.
    static func check(_ response: rd_kafka_resp_err_t) throws(KafkaError) {
        if response != RD_KAFKA_RESP_ERR_NO_ERROR {
            throw KafkaError(response)
        }
    }
}
