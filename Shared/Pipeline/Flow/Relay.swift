import Contracts
import Kafka
import Logging

/// Sends what the lanes wrote into the outbox, in order per key, and forgets it when the broker has acknowledged.
///
/// It belongs to one thread and is the only sender of a service's facts.
/// - Source: DESIGN section 2, "Outbox and relay".
public final class Relay<Outbox: OutboxStore> {
    private let outbox: Outbox
    private let makeSink: () throws -> any RecordSink
    private var sink: any RecordSink
    private let clock: any Clock
    private let options: RelayOptions
    private let logger = Logger(label: "relay")
    private var flight = RecordsInFlight()
    private var sentLately: SentLately
    private var shards: [Int32] = []
    private var shardsAt = Instant(milliseconds: 0)
    /// When the broker gave its last sign of life.
    private var answeredAt: Instant

    public init(
        outbox: Outbox, clock: any Clock, options: RelayOptions = RelayOptions(),
        makeSink: @escaping () throws -> any RecordSink
    ) throws {
        self.outbox = outbox
        self.makeSink = makeSink
        self.clock = clock
        self.options = options
        sentLately = SentLately()
        answeredAt = clock.machineNow
        sink = try makeSink()
    }

    /// Sends what is unsent and takes in what was acknowledged; answers how many rows moved.
    public func step() throws -> Int {
        if clock.machineNow >= shardsAt {
            shards = try outbox.acquireShards()
            shardsAt = clock.machineNow + .seconds(1)
        }
        let sent = try sendUnsent()
        let answered = try takeDeliveries()
        if let fatal = sink.fatalError { try startOver(fatal) }
        return sent + answered
    }

    /// Says when the broker has gone silent and when it is back.
    ///
    /// An acknowledged record is a sign of life; after two seconds without one the broker is asked for it.
    public func watchBroker() {
        guard clock.machineNow >= answeredAt + .seconds(2) else { return }
        do throws(KafkaError) {
            try sink.awaitAnswer(timeoutMilliseconds: options.answerWaitMilliseconds)
            noteAnswer()
        } catch {
            options.health.failing(Self.brokerPart, "the broker does not answer: \(error)")
        }
    }

    private static var brokerPart: String { "broker" }

    private func noteAnswer() {
        answeredAt = clock.machineNow
        options.health.recovered(Self.brokerPart)
    }

    /// Nothing is on its way.
    public var isIdle: Bool { flight.isEmpty }

    public func close() { sink.close() }

    private func sendUnsent() throws -> Int {
        guard !flight.isFull, !shards.isEmpty else { return 0 }
        let next = try outbox.unsent(of: shards, besides: flight.held, atMost: options.maximumBatch)
        guard !next.isEmpty else { return 0 }
        try options.probe(.relayAfterSelect)
        var sent = 0
        // A key whose row is refused stands still, so that nothing overtakes it.
        var stopped: Set<String> = []
        for row in next where !stopped.contains(row.key) && !flight.isDisturbed(row.key) {
            do throws(KafkaError) {
                try send(row)
                sent += 1
            } catch {
                if error.isQueueFull || error.isFatal { break }
                stopped.insert(row.key)
                try refuse(OutboxName(row), error)
            }
        }
        try options.probe(.relayAfterSend)
        return sent
    }

    private func send(_ row: OutboxRow) throws(KafkaError) {
        var headers = row.envelope.headers.map { KafkaHeader(name: $0.name, value: Array($0.value.utf8)) }
        headers.append(contentsOf: row.extraHeaders)
        try sink.send(
            topic: row.topic, key: Array(row.key.utf8), value: row.payload, headers: headers, token: flight.nextToken)
        flight.add(OutboxName(row), key: row.key)
    }

    private func takeDeliveries() throws -> Int {
        guard !flight.isEmpty else { return 0 }
        let deliveries = sink.deliveries(timeoutMilliseconds: options.deliveryWaitMilliseconds)
        var acknowledged: [OutboxName] = []
        for delivery in deliveries {
            switch flight.land(delivery) {
            case .acknowledged(let name): acknowledged.append(name)
            case .refused(let name, let error): try refuse(name, error)
            case .toBeSentAgain, .unknown: break
            }
        }
        guard !acknowledged.isEmpty else { return deliveries.count }
        noteAnswer()
        try options.probe(.relayAfterAcknowledge)
        try outbox.markSent(acknowledged)
        flight.forget(acknowledged)
        sentLately.note(acknowledged, at: clock.machineNow)
        options.sent(acknowledged.count)
        try options.probe(.relayAfterDelete)
        return deliveries.count
    }

    /// Too large for ever: the row's key stops and somebody is told. Anything else is sent again.
    private func refuse(_ name: OutboxName, _ error: KafkaError) throws {
        let metadata: Logger.Metadata = ["outbox.id": "\(name.id)", "error": "\(error)"]
        guard error.isMessageTooLarge else { return logger.debug("record refused, sent again", metadata: metadata) }
        try outbox.block(name, reason: error.name)
        logger.error("record refused for ever: its key is stopped, see `ops outbox list`", metadata: metadata)
    }

    /// The producer can no longer promise order: a new one sends everything of the last minute again.
    private func startOver(_ fatal: KafkaError) throws {
        logger.warning("starting over", metadata: ["error": "\(fatal)"])
        sink.close()
        sink = try makeSink()
        flight = RecordsInFlight(after: flight)
        try outbox.resend(sentLately.take(since: clock.machineNow + .seconds(-60)))
    }
}

/// How a relay works; the defaults are those of a running service.
public struct RelayOptions: Sendable {
    /// Rows read and sent at once.
    public var maximumBatch = 1000
    public var deliveryWaitMilliseconds = 2
    /// How long the broker may take for a sign of life.
    public var answerWaitMilliseconds = 2000
    public var health = Health()
    public var probe = CrashProbe.nothing
    /// Hears how many rows were acknowledged.
    public var sent: @Sendable (Int) -> Void = { _ in }

    public init() {}
}
