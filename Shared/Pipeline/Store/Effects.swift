public import Contracts
public import Kafka

/// Everything a batch leaves behind beside its aggregates.
public struct Effects: Sendable {
    public var journal: [JournalRow] = []
    public var outbox: [OutboxRow] = []
    public var timers: [TimerChange] = []
    /// New rows have id 0; others were re-offered and wait on.
    public var parked: [WaitingRow] = []
    public var unparked: [Int64] = []
    public var deadLetters: [DeadLetterRow] = []
    /// Dead letters that were handled after all.
    public var revived: [Int64] = []
    /// What an operator asked of the dead letters.
    public var deadLetterOrders: [DeadLetterOrder] = []
}

/// One message as the service's journal keeps it.
public struct JournalRow: Sendable {
    public let name: MessageName
    public let topic: String
    public let partition: Int32
    public let offset: Int64
    public let bodyHash: Int64
    public let decidedAt: Instant
    /// Kept only for what no topic keeps: timers and answers of outside calls.
    public let body: [UInt8]?
}

/// One record on its way to the broker.
public struct OutboxRow: Sendable {
    public var id: Int64
    /// Days since 1970 of the row's creation.
    public var day: Int
    public let shard: Int32
    public let topic: String
    public let key: String
    public let envelope: Envelope
    /// Headers beside those of the envelope: the `dlq_…` ones.
    public let extraHeaders: [KafkaHeader]
    public let payload: [UInt8]?
}

/// A message that waits for an aggregate.
public struct WaitingRow: Sendable {
    /// How many one batch is offered at once; the others come with the next sweeps.
    static let maximumOffered = 500

    public var id: Int64
    public var key: String
    public let shard: Int32
    public let name: MessageName
    public let bodyHash: Int64
    public let record: KafkaRecord
    public var reason: String
    public let parkedAt: Instant
    public var deadline: Instant
    public var retryAt: Instant
    public var offers: Int

    /// Waits on after an offer in vain; the next is made twice as much later, at most a minute, and at the deadline.
    mutating func wait(for key: Key, at machineNow: Instant) {
        offers += 1
        self.key = key.description
        let pause = min(Duration.seconds(1 << min(offers, 6)), .seconds(60))
        retryAt = min(machineNow + pause, deadline)
    }
}

/// A message that could not be handled.
public struct DeadLetterRow: Sendable {
    public var id: Int64
    public let shard: Int32
    public let messageID: String
    public let record: KafkaRecord
    public let reason: String
    public let field: String?
    public let attempts: Int
    public let failedAt: Instant
}

/// An operator's word on dead letters.
public struct DeadLetterOrder: Sendable, Equatable {
    public enum Verb: Sendable { case retry, discard }

    public enum Choice: Sendable, Equatable {
        case all
        /// By their numbers, or by where their messages lie.
        case named([Int64], [RecordPlace])
    }

    public let verb: Verb
    public let choice: Choice

    func means(_ id: Int64, _ record: KafkaRecord) -> Bool {
        guard case .named(let ids, let places) = choice else { return true }
        return ids.contains(id)
            || places.contains(
                RecordPlace(topic: record.topic, partition: record.partition, offset: record.offset))
    }
}
