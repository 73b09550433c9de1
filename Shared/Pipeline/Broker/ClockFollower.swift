import Contracts
import Kafka

/// Follows `ops.clock.v1`: the offset by which an operator has moved the mall's time.
///
/// - Source: DESIGN section 3; only with `CLOCK_SHIFT_ALLOWED`.
final class ClockFollower {
    private let consumer: Consumer
    private let clock: SystemClock
    private let place: TopicPartition

    init(settings: ProcessSettings, service: String, clock: SystemClock) throws(KafkaError) {
        self.clock = clock
        place = TopicPartition(topic: settings.topicPrefix + Topic.operationsClock.name, partition: 0)
        consumer = try Consumer(KafkaSettings(settings).reader(client: "\(service)-clock"))
        try consumer.assign([place: -2])
    }

    /// Takes in what was published since the last call; answers whether the end of the topic was reached.
    func step(waitMilliseconds: Int) throws -> Bool {
        for record in try consumer.poll(maximum: 100, timeoutMilliseconds: waitMilliseconds) {
            guard let value = record.value else { continue }
            do throws(Fault) {
                let offset = try JSONDocument.object(value).integer("offsetMilliseconds")
                clock.shift(to: .milliseconds(offset))
            } catch {
                // An unreadable setting of the clock leaves it as it is; the publisher checks what it writes.
                continue
            }
        }
        return consumer.endReached.contains(place)
    }

    func close() { consumer.close() }
}
