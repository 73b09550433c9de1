import Contracts
public import Kafka

/// Counts the attempts at single messages after an unclean stop: the third death of one is a dead letter.
struct Caution {
    static let fault = Fault("the process died three times while handling it")
    private static let messagesPerPartition = 500
    private static let deadlyAttempts = 3
    private let attempts: any AttemptStore
    private var taken: [TopicPartition: Int] = [:]

    init(attempts: any AttemptStore) { self.attempts = attempts }

    /// The partition has not had its careful messages yet; timers and waiting messages count by their kind and topic.
    func isDue<Message>(for entry: Entry<Message>) -> Bool {
        taken[entry.record.topicPartition, default: 0] < Self.messagesPerPartition
    }

    /// Puts an attempt down before it is made; answers whether the message has killed often enough.
    mutating func begins<Message>(_ entry: Entry<Message>) throws -> Bool {
        let place = entry.record.topicPartition
        let before = try attempts.countAttempt(at: entry.record.offset, of: place)
        taken[place, default: 0] += 1
        return before >= Self.deadlyAttempts
    }

    func ends<Message>(_ entry: Entry<Message>) throws {
        try attempts.forgetAttempts(at: entry.record.offset, of: entry.record.topicPartition)
    }
}

/// Keeps how often a message was tried, durably and outside the message's own transaction.
public protocol AttemptStore: Sendable {
    /// One more attempt; answers how many were put down *before* this one.
    func countAttempt(at offset: Int64, of partition: TopicPartition) throws -> Int
    func forgetAttempts(at offset: Int64, of partition: TopicPartition) throws
}
