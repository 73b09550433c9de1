import Contracts
import Kafka

/// What an entry becomes in the service's tables.
extension Entry {
    /// Looked up in the journal before it is decided; a waiting message is told apart by its row.
    var isNamed: Bool { if case .waiting = origin { false } else { true } }

    /// The message's place in the journal when it came before with another body.
    var otherName: MessageName {
        MessageName(day: name.day, id: "\(name.id)#\(UInt64(bitPattern: bodyHash))")
    }

    var shard: Int32 { Partitioner.murmur2(key: record.key ?? [], partitions: Int(Shard.laneCount)) }

    func journalRow(at now: Instant) -> JournalRow {
        // Kept for what no topic keeps: the key of a timer, a message that was given back later.
        let body: [UInt8]? =
            switch origin {
            case .timer: record.key
            case .deadLetter: record.value
            case .record, .waiting: nil
            }
        return JournalRow(
            name: name, topic: record.topic, partition: record.partition, offset: record.offset, bodyHash: bodyHash,
            decidedAt: now, body: body)
    }
}

extension Effects {
    /// Puts a message that cannot be handled aside: a row for operators and a record for everyone who watches.
    ///
    /// It is journaled, so that it is put aside once however often it comes.
    mutating func bury<Message>(
        _ entry: Entry<Message>, _ fault: Fault, at now: Instant, machineNow: Instant, service: String
    ) {
        settle(entry)
        journal.append(entry.journalRow(at: now))
        deadLetters.append(
            DeadLetterRow(
                id: 0, shard: entry.shard, messageID: entry.messageID, record: entry.record,
                reason: fault.reason.filter { $0 != "\0" }, field: fault.field?.filter { $0 != "\0" },
                attempts: entry.attempts, failedAt: machineNow))
        outbox.append(
            .deadLetter(
                entry.record, fault, attempts: entry.attempts, service: service, correlationID: entry.correlationID,
                messageID: entry.messageID, at: now, machineNow: machineNow))
    }

    /// The row that the entry came from has had its turn.
    mutating func settle<Message>(_ entry: Entry<Message>) {
        switch entry.origin {
        case .record, .timer: break
        case .waiting(let row): unparked.append(row.id)
        case .deadLetter(let id): revived.append(id)
        }
    }
}

extension OutboxRow {
    static func fact(
        _ fact: any Fact, version: Int64, service: String, causedBy causationID: String, correlationID: String,
        traceparent: String?, at now: Instant, machineNow: Instant
    ) -> OutboxRow {
        var fact = fact
        fact.version = version
        let key = fact.key
        return OutboxRow(
            id: 0, day: machineNow.day, shard: relayShard(key), topic: fact.topic.name, key: key,
            envelope: Envelope(
                id: "\(fact.topic.name)/\(key)/\(version)", type: Swift.type(of: fact).type,
                source: "/services/\(service)", subject: key, time: now, correlationID: correlationID,
                causationID: causationID, traceparent: traceparent),
            extraHeaders: [], payload: fact.isTombstone ? nil : fact.jsonBytes)
    }

    /// The original record with the reason beside it; at most its first 512 KB.
    static func deadLetter(
        _ record: KafkaRecord, _ fault: Fault, attempts: Int, service: String, correlationID: String,
        messageID: String, at now: Instant, machineNow: Instant
    ) -> OutboxRow {
        let key = String(decoding: (record.key ?? []).prefix(500), as: UTF8.self).filter { $0 != "\0" }
        let details: [(String, String?)] = [
            ("dlq_reason", fault.reason), ("dlq_field", fault.field), ("dlq_topic", record.topic),
            ("dlq_partition", String(record.partition)), ("dlq_offset", String(record.offset)),
            ("dlq_attempts", String(attempts)), ("dlq_failed_at", machineNow.description),
        ]
        let type = record.header("ce_type").map { String(decoding: $0.prefix(200), as: UTF8.self) }
        return OutboxRow(
            id: 0, day: machineNow.day, shard: relayShard(key), topic: Topic.deadLetters(of: service).name, key: key,
            envelope: Envelope(
                id: "dead/\(record.topic)/\(record.partition)/\(record.offset)/\(attempts)",
                type: type?.filter { $0 != "\0" } ?? "tributary.\(service).dead-letter.v1",
                source: "/services/\(service)", time: now, correlationID: correlationID, causationID: messageID),
            extraHeaders: details.compactMap { name, value in
                value.map { KafkaHeader(name: name, value: Array($0.utf8)) }
            },
            payload: record.value.map { Array($0.prefix(512 * 1024)) })
    }

    private static func relayShard(_ key: String) -> Int32 {
        Partitioner.murmur2(key: Array(key.utf8), partitions: Int(Shard.relayCount))
    }
}

extension Instant {
    /// Days since 1970 in UTC.
    var day: Int { Int(milliseconds / 86_400_000) }
}

extension Handler {
    /// The topic of a record; a waiting or dead record's topic is always one the service reads.
    static func topic(named name: String) -> Topic {
        (topics + referenceTopics).first { $0.name == name } ?? Topic(name, .inbound)
    }
}
