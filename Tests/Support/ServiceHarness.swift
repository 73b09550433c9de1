public import Contracts
import Kafka
public import Pipeline

/// One service on memory: publish to its topics, let it settle, read what it told the world.
///
/// Everything goes through the real lane, relay and inbox; only the store, the broker and the clock are in memory.
public final class ServiceHarness<H: Handler> {
    public let broker: MemoryBroker
    public let database = MemoryDatabase<H.Aggregate>()
    public let clock: ManualClock
    private var references: Lane<H, MemoryStore<H.Aggregate>, MemorySource>
    private var lane: Lane<H, MemoryStore<H.Aggregate>, MemorySource>
    private var published = 0

    public init(_ handler: H, at start: Instant = .sample) {
        let clock = ManualClock(start)
        let broker = MemoryBroker(partitions: Dictionary(uniqueKeysWithValues: H.topics.map { ($0.name, 12) }))
        let database = database
        self.clock = clock
        self.broker = broker
        func makeLane(_ topics: [Topic], _ group: String, readsTimers: Bool) -> Lane<
            H, MemoryStore<H.Aggregate>, MemorySource
        > {
            var options = LaneOptions()
            options.readsTimers = readsTimers
            return Lane(
                handler: handler,
                store: MemoryStore(database, derived: handler.derived) { handler.aliases(of: $0, $1) },
                source: MemorySource(broker, group: group, topics: topics.map(\.name)), clock: clock, options: options)
        }
        references = makeLane(H.referenceTopics, "\(H.service)-reference", readsTimers: false)
        lane = makeLane(H.topics, H.service, readsTimers: true)
    }

    /// Publishes a message as its sender would; without an id it gets one of its own.
    public func publish<M: Message>(
        _ message: M, on topic: Topic, key: String, id: String? = nil, at time: Instant? = nil
    ) {
        publish(message.jsonBytes, type: M.type, on: topic, key: key, id: id, at: time)
    }

    /// Publishes bytes as they are.
    public func publish(
        _ value: [UInt8], type: String, on topic: Topic, key: String, id: String? = nil, at time: Instant? = nil
    ) {
        published += 1
        let envelope = Envelope(
            id: id ?? "test-\(published)", type: type, source: "/tests", time: time ?? clock.now)
        let headers = envelope.headers.map { KafkaHeader(name: $0.name, value: Array($0.value.utf8)) }
        broker.publish(topic.name, key: key, value: value, headers: headers, at: clock.now.milliseconds)
    }

    /// Publishes another service's fact under its own topic and key.
    public func publish<F: Fact>(_ fact: F, id: String? = nil) {
        publish(fact, on: fact.topic, key: fact.key, id: id)
    }

    /// Handles all that was published, then what is due, until nothing happens any more.
    @discardableResult
    public func settle() throws -> LaneReport {
        var total = LaneReport()
        for _ in 0..<10_000 {
            let report = try references.step() + lane.step()
            total = total + report
            if report.isIdle { return total }
        }
        preconditionFailure("the service does not come to rest")
    }

    /// Lets time pass; what falls due on the way, and what that sets in turn, is handled at the end of it.
    public func advance(by duration: Duration) throws {
        clock.advance(by: duration)
        for _ in 0..<1000 {
            if try settle().isIdle { return }
            clock.advance(by: .milliseconds(250))
        }
        preconditionFailure("timers set each other off for ever")
    }

    /// What was sent under a key of a topic, oldest first; `nil` is a tombstone.
    public func values(_ topic: Topic, _ key: String) -> [[UInt8]?] {
        database.outbox.filter { $0.topic == topic.name && $0.key == key }.map(\.payload)
    }

    /// All facts of a type told so far, oldest first; tombstones tell none.
    public func facts<F: Fact>(_ type: F.Type = F.self) -> [F] {
        database.outbox.filter { $0.envelope.type == F.type && $0.payload != nil }.map { row in
            do throws(Fault) {
                return try F(JSONDocument.object(row.payload ?? []))
            } catch {
                preconditionFailure("\(F.type) cannot be read back: \(error)")
            }
        }
    }

    /// The short names of all facts in order: `OrderPlaced`, `OrderPaid`.
    public var story: [String] {
        database.outbox.map { row in
            let parts = row.envelope.type.split(separator: ".")
            return parts.count >= 2 ? String(parts[parts.count - 2]) : row.envelope.type
        }
    }
}
