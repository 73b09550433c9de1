import Contracts
import Kafka

/// Reads a topic from a mark to a mark, or to the end it had at the start, without a group.
final class ReplaySource: RecordSource {
    private let consumer: Consumer
    private let request: ReplayRequest
    private let prefix: String
    /// First offset of each partition that is not to be read any more.
    private var ends: [TopicPartition: Int64] = [:]
    private(set) var taken = 0
    /// Records of the asked range that the broker no longer has, at most.
    private(set) var gone: Int64 = 0
    private(set) var assignment: [TopicPartition] = []

    init(_ request: ReplayRequest, settings: ProcessSettings, client: String) throws(KafkaError) {
        self.request = request
        prefix = settings.topicPrefix
        consumer = try Consumer(KafkaSettings(settings).reader(client: client))
        let admin = try Admin(KafkaSettings(settings).admin(client: client))
        defer { admin.close() }
        let name = prefix + request.topic.name
        let count = try admin.metadata(topic: name, timeoutMilliseconds: 10_000).first?.partitionCount ?? 0
        var starts: [TopicPartition: Int64] = [:]
        for number in 0..<Int32(count) {
            let place = TopicPartition(topic: name, partition: number)
            let (low, high) = try admin.watermarks(place, timeoutMilliseconds: 10_000)
            let start = try Self.start(request.from, place, low: low, high: high, admin)
            let end = min(high, try Self.offset(request.until, place, admin) ?? high)
            gone += max(0, min(end, low) - start)
            guard max(low, start) < end else { continue }
            starts[place] = max(low, start)
            ends[place] = end
        }
        assignment = Array(ends.keys)
        if !starts.isEmpty { try consumer.assign(starts) }
    }

    /// Every partition was read to its mark.
    var isAtEnd: Bool { ends.isEmpty }

    func poll(maximum: Int, timeoutMilliseconds: Int) throws -> [KafkaRecord] {
        var wanted: [KafkaRecord] = []
        for record in try consumer.poll(maximum: maximum, timeoutMilliseconds: timeoutMilliseconds) {
            let place = TopicPartition(topic: record.topic, partition: record.partition)
            guard let end = ends[place] else { continue }
            if record.offset >= end - 1 { ends[place] = nil }
            guard record.offset < end, request.key.map({ Array($0.utf8) == record.key }) ?? true else { continue }
            taken += 1
            wanted.append(record.renamed(String(record.topic.dropFirst(prefix.count))))
        }
        // A compacted topic may end in a gap.
        for place in consumer.endReached { ends[place] = nil }
        return wanted
    }

    /// A replay fires no timers.
    var leadingTopic: LeadingTopic? { nil }
    func store(_ next: [TopicPartition: Int64]) {}
    func commit() {}
    func setPaused(_ isPaused: Bool) throws {
        if isPaused { try consumer.pause(Array(ends.keys)) } else { try consumer.resume(Array(ends.keys)) }
    }
    func close() { consumer.close() }

    /// Where the asked range begins, be it below what the broker still has.
    ///
    /// No record tells whether what stood before the first one left was older than a time, so it counts as asked for.
    private static func start(
        _ mark: ReplayRequest.Mark?, _ place: TopicPartition, low: Int64, high: Int64, _ admin: Admin
    ) throws(KafkaError) -> Int64 {
        switch mark {
        case nil: return 0
        case .offset(let offset): return offset
        case .time:
            // Absent when every record is older.
            let first = try offset(mark, place, admin) ?? high
            return first <= low && low < high ? 0 : first
        }
    }

    private static func offset(
        _ mark: ReplayRequest.Mark?, _ place: TopicPartition, _ admin: Admin
    ) throws(KafkaError) -> Int64? {
        switch mark {
        case nil: nil
        case .offset(let offset): offset
        case .time(let time):
            try admin.offsets(for: [place: time.milliseconds], timeoutMilliseconds: 10_000)[place]
        }
    }
}
