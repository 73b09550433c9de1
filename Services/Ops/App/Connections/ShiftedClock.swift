import Contracts
import Foundation
import Kafka

/// The offset of the mall's time in `ops.clock.v1`.
struct ShiftedClock {
    private let environment: OpsEnvironment

    init(_ environment: OpsEnvironment) { self.environment = environment }

    /// What was published last; 0 when nothing was.
    func offset() throws -> Duration {
        let reader = try TopicReader([Topic.operationsClock.name], from: .beginning, environment)
        defer { reader.close() }
        var offset = Duration.zero
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            let records = try reader.next(timeoutMilliseconds: 200)
            for record in records {
                guard let value = record.value else { continue }
                do throws(Fault) {
                    offset = .milliseconds(try JSONDocument.object(value).integer("offsetMilliseconds"))
                } catch {
                    continue  // The services pass over an unreadable setting as well.
                }
            }
            if records.isEmpty, reader.isAtEnd { return offset }
        }
        throw OpsFailure("\(Topic.operationsClock.name) could not be read to its end within 30 s")
    }

    /// Adds to the offset and answers the new one.
    func advance(by step: Duration) throws -> Duration {
        let offset = try offset() + step
        let publisher = try RecordPublisher(environment)
        defer { publisher.close() }
        let value = JSONWriter.object { $0.field("offsetMilliseconds", offset.milliseconds) }
        try publisher.publish([OutgoingRecord(topic: Topic.operationsClock.name, key: "clock", value: value)])
        return offset
    }

    static func text(_ offset: Duration) -> String {
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) + offset
        return "\(now) in the mall, \(DurationText.text(offset)) ahead of the machine"
    }
}
