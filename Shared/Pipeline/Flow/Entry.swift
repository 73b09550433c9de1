import Contracts
import Kafka

/// One thing a lane has to decide: a record, a due timer, or a message that waited or was dead.
struct Entry<Message: Sendable> {
    enum Origin {
        case record
        case timer(DueTimer)
        case waiting(WaitingRow)
        case deadLetter(id: Int64)
    }

    enum Content {
        case message(Message)
        /// The pipeline's own.
        case command(DeadLetterCommand)
        /// A type on a fact topic that the service does not take.
        case ignored
        case unreadable(Fault)
    }

    let origin: Origin
    let record: KafkaRecord
    let content: Content
    let messageID: String
    /// Its place in the journal.
    var name: MessageName
    let bodyHash: Int64
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
            let id = inbound.envelope.id
            return Entry(
                origin: origin, record: record, content: content(inbound, by: handler), messageID: id,
                name: name(inbound, origin), bodyHash: bodyHash,
                correlationID: inbound.envelope.correlationID ?? id, traceparent: inbound.envelope.traceparent,
                decidedAt: nil, attempts: attempts)
        } catch {
            let id = Inbound.derivedID(topic, record.key, record.value)
            return Entry(
                origin: origin, record: record, content: .unreadable(error), messageID: id,
                name: name(id, recordedAt, origin), bodyHash: bodyHash, correlationID: id, traceparent: nil,
                decidedAt: nil, attempts: attempts)
        }
    }

    static func reading<H: Handler>(
        _ timer: DueTimer, origin: Origin? = nil, attempts: Int = 1, by handler: H
    ) -> Entry where H.Message == Message {
        let content: Content
        do throws(Fault) { content = .message(try handler.message(timer)) } catch { content = .unreadable(error) }
        let origin = origin ?? .timer(timer)
        return Entry(
            origin: origin, record: timer.record, content: content, messageID: timer.messageID,
            name: name(timer.messageID, timer.due, origin), bodyHash: 0, correlationID: timer.messageID,
            traceparent: nil, decidedAt: timer.due, attempts: attempts)
    }

    /// A command is known by its own id, whatever event carries it.
    ///
    /// - Source: CONTRACTS section 4.
    private static func name(_ inbound: Inbound, _ origin: Origin) -> MessageName {
        // A head that cannot be read is a fault of the message itself.
        guard inbound.topic.kind == .command, let body = inbound.body, let head = try? CommandHead(body) else {
            return name(inbound.envelope.id, inbound.time, origin)
        }
        return name(commandPrefix + head.commandID, head.issuedAt, origin)
    }

    private static var commandPrefix: String { "command:" }

    /// The field that says which message it is.
    var identity: String { name.id.hasPrefix(Self.commandPrefix) ? "commandId" : "ce_id" }

    /// A dead letter that is tried again is known by that trial, because the journal knows the message already.
    private static func name(_ id: String, _ time: Instant, _ origin: Origin) -> MessageName {
        switch origin {
        case .record, .timer: MessageName(time: time, id: id)
        case .waiting(let row): row.name
        case .deadLetter(let number): MessageName(time: time, id: "retry:\(number)/\(id)")
        }
    }

    private static func content<H: Handler>(
        _ inbound: Inbound, by handler: H
    ) -> Content where H.Message == Message {
        do throws(Fault) {
            if let command = try DeadLetterCommand(inbound, service: H.service) { return .command(command) }
            if let message = try handler.message(inbound) { return .message(message) }
            guard inbound.topic.kind == .fact || inbound.topic.kind == .operation else {
                throw Fault("is a type this service does not know", field: "ce_type")
            }
            return .ignored
        } catch {
            return .unreadable(error)
        }
    }
}

extension DueTimer {
    private static let topicPrefix = "timer:"

    /// A timer as dead letters and the journal keep it; no topic has it.
    var record: KafkaRecord {
        KafkaRecord(
            topic: Self.topicPrefix + kind, partition: 0, offset: due.milliseconds,
            timestampMilliseconds: due.milliseconds, key: Array(key.utf8), value: nil, headers: [])
    }

    /// The timer that such a record was.
    init?(_ record: KafkaRecord) {
        guard record.topic.hasPrefix(Self.topicPrefix) else { return nil }
        self.init(
            kind: String(record.topic.dropFirst(Self.topicPrefix.count)),
            key: String(decoding: record.key ?? [], as: UTF8.self), due: Instant(milliseconds: record.offset))
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
