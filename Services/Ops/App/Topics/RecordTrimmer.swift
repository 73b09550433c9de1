import Foundation
import Kafka
import Logging
import Synchronization

/// Keeps what the embedded broker holds below a size: it deletes the oldest records that every group has handled.
///
/// noida rewrites one snapshot of all its records about every second, so what it holds costs time as well as room.
/// Reference and compacted topics, and topics that no group has ever read, are left as they are.
/// - Source: DESIGN section 6, "What was measured of the brokers".
final class RecordTrimmer {
    private static let timeoutMilliseconds = 10_000
    /// Records that stay in each partition for a replay, whatever the size.
    private static let tail: Int64 = 25

    private let admin: Admin
    private let snapshot: String
    private let limitBytes: Int64

    /// - Parameters:
    ///   - snapshot: The file whose size counts.
    ///   - limitBytes: Above it something goes.
    init(servers: String, snapshot: String, limitBytes: Int64) throws {
        admin = try Admin(["bootstrap.servers": servers, "client.id": "ops-broker-trimmer"])
        self.snapshot = snapshot
        self.limitBytes = limitBytes
    }

    /// Looks once; answers how many records were deleted.
    func step() throws -> Int64 {
        let size = sizeOfSnapshot()
        guard size > limitBytes else { return 0 }
        let handled = try handledOffsets()
        var before: [TopicPartition: Int64] = [:]
        var count: Int64 = 0
        for (place, next) in handled {
            let low = try admin.watermarks(place, timeoutMilliseconds: Self.timeoutMilliseconds).low
            let cut = Self.cut(low: low, handled: next, size: size, limit: limitBytes)
            guard cut > low else { continue }
            before[place] = cut
            count += cut - low
        }
        _ = try admin.deleteRecords(before: before, timeoutMilliseconds: Self.timeoutMilliseconds)
        return count
    }

    func close() { admin.close() }

    /// Where a partition is to begin: the newest of what was handled stay, so many that three quarters of the limit
    /// would be left if all topics could be trimmed, and at least `tail`.
    static func cut(low: Int64, handled: Int64, size: Int64, limit: Int64) -> Int64 {
        guard handled > low, size > limit else { return low }
        return max(low, handled - max(tail, (handled - low) * 3 * limit / (4 * size)))
    }

    /// Of each partition that may be trimmed, up to where every group of its topic has come.
    private func handledOffsets() throws -> [TopicPartition: Int64] {
        let topics = try admin.metadata(timeoutMilliseconds: Self.timeoutMilliseconds)
        let configurations = try admin.configurations(
            ofTopics: topics.map(\.name), timeoutMilliseconds: Self.timeoutMilliseconds)
        let trimmable = topics.filter { Self.mayBeTrimmed($0.name, configurations[$0.name] ?? [:]) }
        let places = trimmable.flatMap { topic in
            (0..<Int32(topic.partitionCount)).map { TopicPartition(topic: topic.name, partition: $0) }
        }
        var handled: [TopicPartition: Int64] = [:]
        for group in try admin.groups(timeoutMilliseconds: Self.timeoutMilliseconds) {
            let committed = try admin.committedOffsets(
                group: group, places, timeoutMilliseconds: Self.timeoutMilliseconds)
            let read = Set(committed.keys.map(\.topic))
            // What a reader of the topic has not committed on a partition counts as nothing.
            for place in places where read.contains(place.topic) {
                handled[place] = min(handled[place] ?? .max, committed[place] ?? 0)
            }
        }
        return handled
    }

    static func mayBeTrimmed(_ topic: String, _ configuration: [String: String]) -> Bool {
        guard let retention = configuration["retention.ms"].flatMap({ Int64($0) }), !topic.hasPrefix("__") else {
            return false
        }
        return configuration["cleanup.policy"] == "delete" && retention > 0
    }

    private func sizeOfSnapshot() -> Int64 {
        // Before the first snapshot there is no file.
        let attributes = try? FileManager.default.attributesOfItem(atPath: snapshot)
        return (attributes?[.size] as? NSNumber)?.int64Value ?? 0
    }
}

/// Trims on a thread of its own until it is stopped.
final class TrimmerThread: Sendable {
    private static let pause = 2.0
    private let isStopping = Atomic<Bool>(false)
    private let ended = DispatchSemaphore(value: 0)

    init(servers: String, snapshot: String, limitBytes: Int64) {
        let logger = Logger(label: "broker")
        Thread.detachNewThread { [self] in
            defer { ended.signal() }
            while !isStopping.load(ordering: .acquiring) {
                do {
                    let trimmer = try RecordTrimmer(servers: servers, snapshot: snapshot, limitBytes: limitBytes)
                    defer { trimmer.close() }
                    while !isStopping.load(ordering: .acquiring) {
                        let count = try trimmer.step()
                        if count > 0 { logger.info("deleted handled records", metadata: ["count": "\(count)"]) }
                        rest()
                    }
                } catch {
                    // The broker is starting again, or stops under it.
                    logger.debug("cannot trim", metadata: ["error": "\(error)"])
                    rest()
                }
            }
        }
    }

    /// Returns when the thread has ended.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        ended.wait()
    }

    private func rest() {
        let limit = Date(timeIntervalSinceNow: Self.pause)
        while Date() < limit, !isStopping.load(ordering: .acquiring) { Thread.sleep(forTimeInterval: 0.05) }
    }
}
