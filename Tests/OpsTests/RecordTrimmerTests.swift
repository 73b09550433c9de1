import Foundation
import Kafka
import Testing

@testable import Ops

@Suite("Trimming the embedded broker")
struct RecordTrimmerTests {
    @Test(
        arguments: [
            // low, handled, size, limit, cut
            (0, 1000, 40, 40, 0), (0, 1000, 41, 40, 269), (0, 1000, 80, 40, 625), (0, 1000, 4000, 40, 975),
            (500, 1000, 80, 40, 813), (990, 1000, 80, 40, 990), (1000, 1000, 80, 40, 1000), (1000, 400, 80, 40, 1000),
        ] as [(Int64, Int64, Int64, Int64, Int64)])
    func keepsTheNewestOfWhatWasHandled(low: Int64, handled: Int64, size: Int64, limit: Int64, cut: Int64) {
        #expect(RecordTrimmer.cut(low: low, handled: handled, size: size, limit: limit) == cut)
    }

    @Test(arguments: [
        ("facts", ["cleanup.policy": "delete", "retention.ms": "1000"], true),
        ("kept", ["cleanup.policy": "delete", "retention.ms": "-1"], false),
        ("compacted", ["cleanup.policy": "compact", "retention.ms": "1000"], false),
        ("__consumer_offsets", ["cleanup.policy": "delete", "retention.ms": "1000"], false),
        ("unknown", [:], false),
    ])
    func leavesReferenceAndCompactedTopics(topic: String, configuration: [String: String], isTrimmable: Bool) {
        #expect(RecordTrimmer.mayBeTrimmed(topic, configuration) == isTrimmable)
    }

    @Test func deletesOnlyWhatEveryGroupOfATopicHasHandled() throws {
        let broker = try PrivateBroker()
        defer { broker.stop() }
        try broker.createTopics()
        for topic in ["read", "half", "unread", "kept"] { try broker.publish(100, on: topic) }
        try broker.commit("one", ["read": 100, "half": 100, "kept": 100])
        try broker.commit("two", ["read": 80])
        try broker.commit("late", ["half": 0])
        let snapshot = FileManager.default.temporaryDirectory.appending(path: "snapshot-\(UUID().uuidString)")
        try Data(count: 1000).write(to: snapshot)
        defer { try? FileManager.default.removeItem(at: snapshot) }  // A left-over in /tmp harms nobody.
        let calm = try RecordTrimmer(servers: broker.servers, snapshot: snapshot.path(), limitBytes: 1000)
        defer { calm.close() }
        #expect(try calm.step() == 0)
        let trimmer = try RecordTrimmer(servers: broker.servers, snapshot: snapshot.path(), limitBytes: 500)
        defer { trimmer.close() }
        #expect(try trimmer.step() == 50, "of the 80 that both have handled three eighths stay")
        #expect(try broker.low("read") == 50)
        for topic in ["half", "unread", "kept"] { #expect(try broker.low(topic) == 0, "\(topic)") }
    }
}
