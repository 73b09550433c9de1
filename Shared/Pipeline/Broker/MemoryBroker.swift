import Contracts
public import Kafka
import Synchronization

/// A broker in memory: topics with partitions, one position per group, records kept for ever.
public final class MemoryBroker: Sendable {
    struct Contents: Sendable {
        var partitions: [TopicPartition: [KafkaRecord]] = [:]
        var counts: [String: Int] = [:]
        var positions: [String: [TopicPartition: Int64]] = [:]
        /// What befalls the sends to come; `nil` lets one pass.
        var failures: [SendFailure?] = []
        var isAway = false
    }

    /// What befalls one send.
    public enum SendFailure: Sendable {
        case refused
        /// Appended, but the producer gives up waiting for the answer.
        case answerLost
        /// Larger than the producer takes: it throws.
        case tooLarge
        /// Larger than the broker takes: it answers so later.
        case tooLargeForTheBroker
        /// The producer cannot go on.
        case fatal
    }

    private let contents = Mutex(Contents())

    public init(partitions: [String: Int]) {
        contents.withLock { $0.counts = partitions }
    }

    func withContents<Result>(_ body: (inout sending Contents) -> sending Result) -> sending Result {
        contents.withLock(body)
    }

    public func failNextSends(_ failures: [SendFailure?]) { contents.withLock { $0.failures = failures } }

    /// Takes nothing and answers nobody, until called with false.
    public func setAway(_ isAway: Bool) { contents.withLock { $0.isAway = isAway } }

    /// Appends a record as an outside publisher would.
    public func publish(
        _ topic: String, key: String, value: [UInt8]?, headers: [KafkaHeader] = [], at milliseconds: Int64 = 0
    ) {
        contents.withLock { contents in
            _ = contents.append(topic, Array(key.utf8), value, headers, milliseconds)
        }
    }

    /// Everything on a topic, partition by partition.
    public func records(of topic: String) -> [KafkaRecord] {
        contents.withLock { contents in
            let places = contents.partitions.keys.filter { $0.topic == topic }.sorted()
            return places.flatMap { contents.partitions[$0] ?? [] }
        }
    }
}

extension MemoryBroker.Contents {
    @discardableResult
    mutating func append(
        _ topic: String, _ key: [UInt8], _ value: [UInt8]?, _ headers: [KafkaHeader], _ milliseconds: Int64
    ) -> (partition: Int32, offset: Int64) {
        let partition = Partitioner.murmur2(key: key, partitions: counts[topic] ?? 1)
        let place = TopicPartition(topic: topic, partition: partition)
        let offset = Int64(partitions[place]?.count ?? 0)
        partitions[place, default: []].append(
            KafkaRecord(
                topic: topic, partition: partition, offset: offset, timestampMilliseconds: milliseconds, key: key,
                value: value, headers: headers))
        return (partition, offset)
    }
}

/// A member of a group of a memory broker; a new one starts where the group's committed positions stand.
public final class MemorySource: RecordSource {
    private let broker: MemoryBroker
    private let group: String
    private var positions: [TopicPartition: Int64] = [:]
    private var stored: [TopicPartition: Int64] = [:]
    private var isPaused = false
    public private(set) var assignment: [TopicPartition]
    public let leadingTopic: LeadingTopic?

    /// - Parameter partitions: The numbers this member takes of every topic; `nil` for all.
    public init(_ broker: MemoryBroker, group: String, topics: [String], partitions: Set<Int32>? = nil) {
        self.broker = broker
        self.group = group
        let counts = broker.withContents { $0.counts }
        leadingTopic = LeadingTopic(Dictionary(uniqueKeysWithValues: topics.map { ($0, counts[$0] ?? 1) }))
        assignment = topics.flatMap { topic in
            (0..<Int32(counts[topic] ?? 1)).map { TopicPartition(topic: topic, partition: $0) }
        }.filter { partitions?.contains($0.partition) ?? true }
        positions = broker.withContents { $0.positions[group] ?? [:] }
    }

    public func poll(maximum: Int, timeoutMilliseconds: Int) -> [KafkaRecord] {
        guard !isPaused else { return [] }
        var taken: [KafkaRecord] = []
        for place in assignment {
            let records = broker.withContents { $0.partitions[place] ?? [] }
            let start = Int(positions[place] ?? 0)
            let end = min(records.count, start + maximum - taken.count)
            guard start < end else { continue }
            taken.append(contentsOf: records[start..<end])
            positions[place] = Int64(end)
        }
        return taken
    }

    public func store(_ next: [TopicPartition: Int64]) { stored.merge(next) { _, new in new } }

    public func commit() {
        let stored = stored
        broker.withContents { $0.positions[group, default: [:]].merge(stored) { _, new in new } }
    }

    public func setPaused(_ isPaused: Bool) { self.isPaused = isPaused }

    public func close() { commit() }
}

/// A producer to a memory broker; acknowledges when asked for deliveries.
public final class MemorySink: RecordSink {
    private let broker: MemoryBroker
    private var pending: [Delivery] = []
    /// What was sent while the broker was away; it comes to it when it is back.
    private var held: [(topic: String, key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader], token: UInt)] = []
    public private(set) var fatalError: KafkaError?

    public init(_ broker: MemoryBroker) { self.broker = broker }

    public func send(
        topic: String, key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader], token: UInt
    ) throws(KafkaError) {
        if let fatalError { throw fatalError }
        if isAway { return held.append((topic, key, value, headers, token)) }
        let failure = broker.withContents { contents -> MemoryBroker.SendFailure? in
            contents.failures.isEmpty ? nil : contents.failures.removeFirst()
        }
        switch failure {
        case .refused: answer(token, KafkaError(code: 7, message: "refused by the test"))
        case .tooLargeForTheBroker: answer(token, KafkaError(code: 10, message: "too large for the test"))
        case .tooLarge: throw KafkaError(code: 10, message: "too large for the test")
        case .fatal:
            let error = KafkaError(code: 45, message: "fatal by the test", isFatal: true)
            fatalError = error
            throw error
        case .answerLost:
            append(topic, key, value, headers)
            answer(token, KafkaError(code: -192, message: "answer lost by the test"))
        case nil:
            append(topic, key, value, headers)
            answer(token, nil)
        }
    }

    private func append(_ topic: String, _ key: [UInt8]?, _ value: [UInt8]?, _ headers: [KafkaHeader]) {
        broker.withContents { contents in _ = contents.append(topic, key ?? [], value, headers, 0) }
    }

    private func answer(_ token: UInt, _ error: KafkaError?) {
        pending.append(Delivery(token: token, partition: -1, offset: -1, error: error))
    }

    public func deliveries(timeoutMilliseconds: Int) -> [Delivery] {
        if !isAway {
            for (topic, key, value, headers, token) in held {
                append(topic, key, value, headers)
                answer(token, nil)
            }
            held.removeAll()
        }
        defer { pending.removeAll() }
        return pending
    }

    public func awaitAnswer(timeoutMilliseconds: Int) throws(KafkaError) {
        if isAway { throw KafkaError(code: -195, message: "away by the test") }
    }

    private var isAway: Bool { broker.withContents { $0.isAway } }

    public func close() {}
}
