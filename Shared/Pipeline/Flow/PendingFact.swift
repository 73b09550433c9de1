import Contracts

/// A fact in the order it was decided; a row once its version is known.
struct PendingFact<Message: Sendable> {
    let fact: any Fact
    let cause: Entry<Message>
    let at: Instant

    var stream: FactStream { FactStream(topic: fact.topic.name, key: fact.key) }

    func row(version: Int64, service: String, machineNow: Instant) -> OutboxRow {
        .fact(
            fact, version: version, service: service, causedBy: cause.messageID, correlationID: cause.correlationID,
            traceparent: cause.traceparent, at: at, machineNow: machineNow)
    }

    /// Facts as rows, each with the next version of its topic and key.
    ///
    /// - Parameters:
    ///   - counts: How many there are of each stream.
    ///   - last: The version of each stream's last one.
    static func rows(
        _ facts: [PendingFact], _ counts: [FactStream: Int64], last: [FactStream: Int64], service: String,
        machineNow: Instant
    ) -> [OutboxRow] {
        var next = last.merging(counts) { last, count in last - count }
        return facts.map { pending in
            let version = next[pending.stream, default: 0] + 1
            next[pending.stream] = version
            return pending.row(version: version, service: service, machineNow: machineNow)
        }
    }
}
