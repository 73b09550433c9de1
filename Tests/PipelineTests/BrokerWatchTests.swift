import Contracts
import Logging
@testable import Pipeline
import Support
import Synchronization
import Testing

@Suite("A relay whose broker is away") struct BrokerWatchTests {
    @Test func isNotReadyAfterTwoSecondsOfSilenceAndReadyAgainByItself() throws {
        let scene = try Scene()
        scene.broker.setAway(true)
        scene.clock.advance(by: .seconds(1))
        scene.relay.watchBroker()
        #expect(scene.health.isReady, "a short silence is nothing")
        scene.clock.advance(by: .seconds(1))
        scene.relay.watchBroker()
        #expect(!scene.health.isReady)
        #expect(String(decoding: scene.health.report, as: UTF8.self).contains(#""part":"broker""#))
        scene.broker.setAway(false)
        scene.relay.watchBroker()
        #expect(scene.health.isReady)
    }

    @Test func logsOnceThatItIsAwayAndOnceThatItIsBack() throws {
        let scene = try Scene()
        scene.broker.setAway(true)
        scene.clock.advance(by: .seconds(2))
        for _ in 0..<10 { scene.relay.watchBroker() }
        #expect(scene.log.lines == ["warning failing"])
        scene.broker.setAway(false)
        for _ in 0..<10 { scene.relay.watchBroker() }
        #expect(scene.log.lines == ["warning failing", "notice works again"])
    }

    @Test func takesAnAcknowledgementForASignOfLife() throws {
        let scene = try Scene()
        scene.broker.setAway(true)
        scene.clock.advance(by: .seconds(2))
        scene.relay.watchBroker()
        scene.writeFact()
        #expect(try scene.relay.step() == 1)
        #expect(!scene.health.isReady)
        scene.broker.setAway(false)
        #expect(try scene.relay.step() == 1)
        #expect(scene.health.isReady)
    }
}

/// A relay over an outbox and a broker in memory.
private final class Scene {
    let broker = MemoryBroker(partitions: [:])
    let clock = ManualClock(.sample)
    let log = RecordedLines()
    let health: Health
    let relay: Relay<MemoryOutbox<TrivialHandler.Aggregate>>
    private let database = MemoryDatabase<TrivialHandler.Aggregate>()

    init() throws {
        let log = log
        health = Health(logger: Logger(label: "health") { _ in RecordingHandler(log: log) })
        health.started()
        var options = RelayOptions()
        options.health = health
        relay = try Relay(outbox: MemoryOutbox(database), clock: clock, options: options) { [broker] in
            MemorySink(broker)
        }
    }

    func writeFact() {
        var effects = Effects()
        effects.outbox.append(
            OutboxRow(
                id: 0, day: 0, shard: 0, topic: "facts", key: "a", envelope: Envelope(id: "1", type: "t", source: "/s"),
                extraHeaders: [], payload: []))
        database.exclusively { $0.keep(effects) }
    }
}

/// Keeps what is logged.
private final class RecordedLines: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock { $0 } }

    func append(_ line: String) { kept.withLock { $0.append(line) } }
}

private struct RecordingHandler: LogHandler {
    let log: RecordedLines
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { log.append("\(event.level.rawValue) \(event.message)") }
}
