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
}
