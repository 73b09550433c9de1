public import Contracts
public import Kafka
public import Pipeline

/// How the lanes of a rig are made from now on.
public struct RigOptions: Sendable {
    public var maximumBatch = 300
    public var probe = CrashProbe.nothing
    public var stop = StopFlag()
    public var health = Health()
    public var attempts: (any AttemptStore)?

    public init() {}
}

/// A service over a broker in memory and any store, whose lane and relay may die and come again.
///
/// What dies is really thrown away: the next step makes new objects, which begin at the committed positions.
public protocol Rig: AnyObject {
    var broker: MemoryBroker { get }
    var clock: ManualClock { get }
    /// Taken over when lane and relay are made: after `kill`.
    var options: RigOptions { get set }
    var store: any StorePlace { get }

    /// One step of the reference lane, the lane and the relay.
    @discardableResult func step() throws -> LaneReport
    /// Steps until nothing happens any more; then makes the positions durable.
    @discardableResult func settle() throws -> LaneReport
    /// Makes the positions of what was handled durable, as a process does every few seconds.
    func commit()
    /// Throws lane and relay away with all they had in hand.
    func kill()
    /// Has the next lane read every topic from its beginning, as an operator's replay does.
    func rewind()
}

public final class ServiceRig<H: Handler, Place: StorePlace>: Rig where Place.Aggregate == H.Aggregate {
    private typealias RigLane = Lane<H, Place.LaneStore, MemorySource>

    public let broker: MemoryBroker
    public let clock: ManualClock
    public let place: Place
    public var options = RigOptions()
    private let handler: H
    private var living: (references: RigLane, lane: RigLane, relay: Relay<Place.Outbox>, sources: [MemorySource])?

    public convenience init(
        _ handler: H, _ place: Place, clock: ManualClock = ManualClock(.sample), partitions: Int = 12
    ) {
        self.init(
            handler, place, clock: clock,
            broker: MemoryBroker(partitions: Dictionary(uniqueKeysWithValues: H.topics.map { ($0.name, partitions) })))
    }

    /// - Parameter broker: May be that of other services too.
    public init(_ handler: H, _ place: Place, clock: ManualClock, broker: MemoryBroker) {
        self.handler = handler
        self.place = place
        self.clock = clock
        self.broker = broker
    }

    public var store: any StorePlace { place }

    public func commit() { for source in living?.sources ?? [] { source.commit() } }

    public func kill() { living = nil }

    public func rewind() {
        kill()
        for source in [referenceSource(), source()] {
            source.store(Dictionary(uniqueKeysWithValues: source.assignment.map { ($0, 0) }))
            source.commit()
        }
    }

    private func referenceSource() -> MemorySource {
        MemorySource(broker, group: "\(H.service)-reference", topics: H.referenceTopics.map(\.name), partitions: [0])
    }

    private func source() -> MemorySource { MemorySource(broker, group: H.service, topics: H.topics.map(\.name)) }

    @discardableResult public func step() throws -> LaneReport {
        let living = try self.living ?? revive()
        let report = try living.references.step() + living.lane.step()
        _ = try living.relay.step()
        return report
    }

    @discardableResult public func settle() throws -> LaneReport {
        var total = LaneReport()
        for _ in 0..<10_000 {
            let report = try step()
            total = total + report
            guard report.isIdle, let living else { continue }
            while try living.relay.step() > 0 {}
            commit()
            return total
        }
        preconditionFailure("the service does not come to rest")
    }

    private func revive() throws -> (
        references: RigLane, lane: RigLane, relay: Relay<Place.Outbox>, sources: [MemorySource]
    ) {
        let references = referenceSource()
        let source = source()
        var relayOptions = RelayOptions()
        relayOptions.probe = options.probe
        relayOptions.maximumBatch = options.maximumBatch
        let made = (
            references: makeLane("reference", references, readsTimers: false),
            lane: makeLane("0", source, readsTimers: true),
            relay: try Relay(outbox: place.makeOutbox(), clock: clock, options: relayOptions) { [broker] in
                MemorySink(broker)
            },
            sources: [references, source]
        )
        living = made
        return made
    }

    private func makeLane(_ name: String, _ source: MemorySource, readsTimers: Bool) -> RigLane {
        var laneOptions = LaneOptions()
        laneOptions.name = name
        laneOptions.maximumBatch = options.maximumBatch
        laneOptions.probe = options.probe
        laneOptions.stop = options.stop
        laneOptions.health = options.health
        laneOptions.attempts = options.attempts
        laneOptions.readsTimers = readsTimers
        return Lane(handler: handler, store: place.makeStore(), source: source, clock: clock, options: laneOptions)
    }
}

extension Rig {
    /// Publishes a message as its sender would.
    public func publish<M: Message>(
        _ message: M, on topic: Topic, key: String, id: String, at time: Instant? = nil
    ) {
        publish(message.jsonBytes, type: M.type, on: topic, key: key, id: id, at: time)
    }

    public func publish(
        _ value: [UInt8]?, type: String, on topic: Topic, key: String, id: String, at time: Instant? = nil
    ) {
        let envelope = Envelope(id: id, type: type, source: "/tests", time: time ?? clock.now)
        let headers = envelope.headers.map { KafkaHeader(name: $0.name, value: Array($0.value.utf8)) }
        broker.publish(topic.name, key: key, value: value, headers: headers, at: clock.now.milliseconds)
    }

    /// What the service published on a topic, in the order of each key.
    public func published(on topic: Topic) -> [KafkaRecord] { broker.records(of: topic.name) }

    /// The facts of one type, in the order of each key.
    public func told<F: Fact>(_ type: F.Type, on topic: Topic) throws -> [F] {
        try published(on: topic).filter { record in
            record.headers.contains { $0.name == "ce_type" && $0.value.elementsEqual(F.type.utf8) }
        }.map { try F(JSONDocument.object($0.value ?? [])) }
    }

    /// Lets time pass, then handles what is due.
    public func advance(by duration: Duration) throws {
        clock.advance(by: duration)
        try settle()
    }
}
