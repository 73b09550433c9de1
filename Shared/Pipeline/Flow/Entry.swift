import Contracts
import Kafka

/// One thing a lane has to decide: a record, a due timer, or a message that waited or was dead.
struct Entry<Message: Sendable> {
    enum Origin {
        case record
        case timer(DueTimer)
        case waiting(id: Int64)
        case deadLetter(id: Int64)
    }

    let origin: Origin
    let record: KafkaRecord
    let message: Result<Message, Fault>?
    let messageID: String
    let bodyHash: Int64
    /// The message's own time; its day is part of its place in the inbox.
    let time: Instant
    let correlationID: String
    let traceparent: String?
    /// Set for a timer: what `now` is while it is decided.
    let decidedAt: Instant?
    let attempts: Int
}

extension Entry {
    /// Reads a record; what cannot be read is an entry too, with its fault.
    static func reading<H: Handler>(
        _ record: KafkaRecord, topic: Topic, origin: Origin = .record, attempts: Int = 1, by handler: H
    ) -> Entry where H.Message == Message {
        let bodyHash = StableHash.of(record.value ?? [])
        let recordedAt = Instant(milliseconds: record.timestampMilliseconds)
        do throws(Fault) {
            let inbound = try Inbound(
                topic: topic, partition: record.partition, offset: record.offset, recordedAt: recordedAt,
                key: record.key, value: record.value, header: { record.header($0) })
            return Entry(
                origin: origin, record: record, message: message(inbound, by: handler),
                messageID: inbound.envelope.id, bodyHash: bodyHash, time: inbound.time,
                correlationID: inbound.envelope.correlationID ?? inbound.envelope.id,
                traceparent: inbound.envelope.traceparent, decidedAt: nil, attempts: attempts)
        } catch {
            let id = Inbound.derivedID(topic, record.key, record.value)
            return Entry(
                origin: origin, record: record, message: .failure(error), messageID: id, bodyHash: bodyHash,
                time: recordedAt, correlationID: id, traceparent: nil, decidedAt: nil, attempts: attempts)
        }
    }

    static func reading<H: Handler>(_ timer: DueTimer, by handler: H) -> Entry where H.Message == Message {
        let message: Result<Message, Fault>
        do throws(Fault) { message = .success(try handler.message(timer)) } catch { message = .failure(error) }
        let record = KafkaRecord(
            topic: "timer:\(timer.kind)", partition: 0, offset: timer.due.milliseconds,
            timestampMilliseconds: timer.due.milliseconds, key: Array(timer.key.utf8), value: nil, headers: [])
        return Entry(
            origin: .timer(timer), record: record, message: message, messageID: timer.messageID, bodyHash: 0,
            time: timer.due, correlationID: timer.messageID, traceparent: nil, decidedAt: timer.due, attempts: 1)
    }

    private static func message<H: Handler>(
        _ inbound: Inbound, by handler: H
    ) -> Result<Message, Fault>? where H.Message == Message {
        do throws(Fault) {
            if let message = try handler.message(inbound) { return .success(message) }
            guard inbound.topic.kind == .fact || inbound.topic.kind == .operation else {
                throw Fault("is a type this service does not know", field: "ce_type")
            }
            return nil
        } catch {
            return .failure(error)
        }
    }
}

/// A hash that is the same in every process: two bodies under one message id are told apart by it.
///
/// - Source: FNV-1a, 64 bits.
enum StableHash {
    static func of(_ bytes: [UInt8]) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int64(bitPattern: hash)
    }
}
