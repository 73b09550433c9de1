import Contracts
import Kafka
import Logging

/// Sends what the lanes wrote into the outbox, in order per key, and forgets it when the broker has acknowledged.
///
/// It belongs to one thread and is the only sender of a service's facts.
/// - Source: DESIGN section 2, "Outbox and relay".
public final class Relay<Outbox: OutboxStore> {
    static var maximumInFlight: Int { 4000 }
    private let outbox: Outbox
    private let makeSink: () throws -> any RecordSink
    private var sink: any RecordSink
    private let clock: any Clock
    private let options: RelayOptions
    private let logger = Logger(label: "relay")
    private var inFlight: [UInt: OutboxName] = [:]
    private var names: Set<OutboxName> = []
    private var shards: [Int32] = []
    private var shardsAt = Instant(milliseconds: 0)
    private var nextToken: UInt = 0

    public init(
        outbox: Outbox, clock: any Clock, options: RelayOptions = RelayOptions(),
        makeSink: @escaping () throws -> any RecordSink
    ) throws {
        self.outbox = outbox
        self.makeSink = makeSink
        self.clock = clock
        self.options = options
        sink = try makeSink()
    }

    /// Sends what is unsent and takes in what was acknowledged; answers how many rows moved.
    public func step() throws -> Int {
        if clock.machineNow >= shardsAt {
            shards = try outbox.acquireShards()
            shardsAt = clock.machineNow + .seconds(1)
        }
        let sent = try sendUnsent()
        let acknowledged = try takeDeliveries()
        if let fatal = sink.fatalError { try startOver(fatal) }
        return sent + acknowledged
    }

    /// Nothing is on its way.
    public var isIdle: Bool { inFlight.isEmpty }

    public func close() { sink.close() }

    private func sendUnsent() throws -> Int {
        guard inFlight.count < Self.maximumInFlight, !shards.isEmpty else { return 0 }
        let unsent = try outbox.unsent(of: shards, atMost: Self.maximumInFlight).filter { !names.contains($0) }
        guard !unsent.isEmpty else { return 0 }
        try options.probe(.relayAfterSelect)
        var sent = 0
        for row in try outbox.rows(Array(unsent.prefix(options.maximumBatch))) {
            guard try send(row) else { break }
            sent += 1
        }
        try options.probe(.relayAfterSend)
        return sent
    }

    /// Answers false when the producer's queue is full.
    private func send(_ row: OutboxRow) throws -> Bool {
        var headers = row.envelope.headers.map { KafkaHeader(name: $0.name, value: Array($0.value.utf8)) }
        headers.append(contentsOf: row.extraHeaders)
        let token = nextToken
        let name = OutboxName(day: row.day, id: row.id)
        do throws(KafkaError) {
            try sink.send(
                topic: row.topic, key: Array(row.key.utf8), value: row.payload, headers: headers, token: token)
        } catch {
            if error.isQueueFull { return false }
            try refuse(name, error)
            return true
        }
        nextToken += 1
        inFlight[token] = name
        names.insert(name)
        return true
    }

    private func takeDeliveries() throws -> Int {
        guard !inFlight.isEmpty else { return 0 }
        let deliveries = sink.deliveries(timeoutMilliseconds: options.deliveryWaitMilliseconds)
        var acknowledged: [OutboxName] = []
        for delivery in deliveries {
            guard let name = inFlight.removeValue(forKey: delivery.token) else { continue }
            if let error = delivery.error {
                names.remove(name)
                try refuse(name, error)
            } else {
                acknowledged.append(name)
            }
        }
        guard !acknowledged.isEmpty else { return 0 }
        try options.probe(.relayAfterAcknowledge)
        try outbox.markSent(acknowledged)
        names.subtract(acknowledged)
        options.sent(acknowledged.count)
        try options.probe(.relayAfterDelete)
        return acknowledged.count
    }

    /// Too large for ever: the row's key stops and somebody is told. Anything else is sent again.
    private func refuse(_ name: OutboxName, _ error: KafkaError) throws {
        logger.error("record refused", metadata: ["outbox.id": "\(name.id)", "error": "\(error)"])
        if error.isMessageTooLarge { try outbox.block(name, reason: error.name) }
    }

    /// The producer can no longer promise order: a new one sends everything of the last minute again.
    private func startOver(_ fatal: KafkaError) throws {
        logger.warning("starting over", metadata: ["error": "\(fatal)"])
        sink.close()
        sink = try makeSink()
        inFlight.removeAll()
        names.removeAll()
        let minuteAgo = Instant(milliseconds: clock.now.milliseconds - 60_000)
        try outbox.resend(since: minuteAgo, shards: shards)
    }
}

/// How a relay works; the defaults are those of a running service.
public struct RelayOptions: Sendable {
    /// Rows read and sent at once.
    public var maximumBatch = 1000
    public var deliveryWaitMilliseconds = 2
    public var probe = CrashProbe.nothing
    /// Hears how many rows were acknowledged.
    public var sent: @Sendable (Int) -> Void = { _ in }

    public init() {}
}
