import Kafka

/// Sends records and waits until the broker has each.
///
/// It belongs to one thread.
final class RecordPublisher {
    /// A record that the broker does not have.
    struct Refusal {
        /// The number that `send` was given.
        let number: Int
        let error: KafkaError
    }

    private let producer: Producer
    private let prefix: String
    private var refusals: [Refusal] = []
    private(set) var acknowledged = 0

    init(_ environment: OpsEnvironment) throws {
        producer = try Producer(environment.producerProperties())
        prefix = environment.topicPrefix
    }

    /// Queues a record; a full queue waits for the broker, at most as long as a record may take.
    ///
    /// - Parameter number: Names the record in a refusal.
    func send(_ record: OutgoingRecord, number: Int) {
        // Two minutes of a full queue: by then librdkafka gives up records by itself.
        for _ in 0..<1200 {
            do throws(KafkaError) {
                try producer.send(
                    topic: prefix + record.topic, key: Array(record.key.utf8), value: record.value,
                    headers: record.headers, token: UInt(number))
                return take(producer.poll(timeoutMilliseconds: 0))
            } catch {
                guard error.isQueueFull else { return refusals.append(Refusal(number: number, error: error)) }
                take(producer.poll(timeoutMilliseconds: 100))
            }
        }
        refusals.append(Refusal(number: number, error: KafkaError(code: -184, message: "the queue stays full")))
    }

    /// Waits for every acknowledgement; answers what was refused since the last call.
    func finish() -> [Refusal] {
        // `delivery.timeout.ms` bounds every record; the ten seconds more are for the reports.
        _ = producer.flush(timeoutMilliseconds: 130_000)
        take(producer.poll(timeoutMilliseconds: 0))
        defer { refusals = [] }
        return refusals.sorted { $0.number < $1.number }
    }

    /// Sends all, and throws when the broker refused one.
    func publish(_ records: [OutgoingRecord]) throws {
        for (number, record) in records.enumerated() { send(record, number: number) }
        if let refusal = finish().first {
            throw OpsFailure("\(records[refusal.number].topic): \(refusal.error)")
        }
    }

    func close() { producer.close() }

    private func take(_ deliveries: [Delivery]) {
        for delivery in deliveries {
            if let error = delivery.error {
                refusals.append(Refusal(number: Int(delivery.token), error: error))
            } else {
                acknowledged += 1
            }
        }
    }
}
