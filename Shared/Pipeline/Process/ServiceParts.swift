import Contracts
import Foundation
import Kafka
import Logging
import Metrics

/// The threads of one service process and what they share.
///
/// They stop in reverse order: lanes first, then the reference lane, the clock, the relay, upkeep, health.
struct ServiceParts<H: Handler, T: Tables> where H.Aggregate == T.Aggregate {
    let all: [ServicePart]
    /// Ends before everything else, because it takes what the others handle.
    let edge: EdgePart?

    init(
        handler: H, tables: T, settings: ProcessSettings, metrics: PrometheusMetrics, edge: (any ServiceEdge)? = nil,
        sideWork: [any SideWork] = []
    ) throws {
        let shared = SharedParts(settings: settings, service: H.service)
        var parts = [
            try Self.health(shared, metrics), Self.upkeep(shared), Self.relay(shared), Self.clock(shared),
        ]
        if !H.referenceTopics.isEmpty {
            parts.append(
                Self.lane("reference", H.referenceTopics, handler, tables, shared, { $0.commitsEachBatch = true }))
        }
        for number in 0..<settings.laneCount {
            parts.append(Self.lane("\(number)", H.topics, handler, tables, shared, { _ in }))
        }
        for work in sideWork { parts.append(Self.side(work, shared)) }
        if let edge {
            let wakeUp = WakeUp()
            let publisher = InboundPublisher(wakeUp: wakeUp)
            parts.append(Self.publisher(publisher, wakeUp, shared))
            self.edge = EdgePart(edge: edge, publisher: publisher, clock: shared.clock, health: shared.health)
        } else {
            self.edge = nil
        }
        all = parts
    }

    private static func health(_ shared: SharedParts, _ metrics: PrometheusMetrics) throws -> ServicePart {
        let address = HTTPAddress(host: shared.settings.httpHost, port: shared.settings.httpPort)
        let server = try HealthServer(address: address) { path in
            switch path {
            case "/livez": .init(status: "200 OK", type: "text/plain", body: Array("alive\n".utf8))
            case "/readyz":
                .init(
                    status: shared.health.isReady ? "200 OK" : "503 Service Unavailable", type: "application/json",
                    body: shared.health.report)
            case "/metrics":
                .init(status: "200 OK", type: "text/plain; version=0.0.4", body: Array(metrics.exposition.utf8))
            case "/version": .init(status: "200 OK", type: "text/plain", body: Array((ProcessVersion.text + "\n").utf8))
            default: nil
            }
        }
        Logger(label: "health").info("listening", metadata: ["http.port": "\(server.port)"])
        let stop = StopFlag()
        return ServicePart("health", stop: stop) {
            while !stop.isRequested { server.step(waitMilliseconds: 250) }
            server.close()
        }
    }

    /// Starts the process's schema and opens the gate for the lanes; later makes and drops day partitions.
    private static func upkeep(_ shared: SharedParts) -> ServicePart {
        let stop = StopFlag()
        let wakeUp = WakeUp()
        return ServicePart("upkeep", stop: stop, wakeUp: wakeUp) {
            let settings = shared.settings
            let upkeep = PostgresUpkeep(url: settings.databaseURL, service: H.service)
            try shared.untilDone("upkeep", stop) {
                try keep(upkeep, days: settings.journalRetentionDays)
            }
            try shared.untilDone("clock", stop) { try readClock(shared, stop) }
            try shared.untilDone("upkeep", stop) {
                shared.startup.schemaReady(wasUnclean: try upkeep.markStarted(settings.instanceID))
            }
            try shared.untilDone("reference", stop) {
                var gate = try ReferenceGate(
                    settings: settings, group: shared.referenceGroup, topics: H.referenceTopics)
                defer { gate.close() }
                while try !gate.isOpen() {
                    if stop.isRequested { throw LaneStopped() }
                    wakeUp.wait(milliseconds: 20)
                }
            }
            shared.startup.openGate()
            while !stop.isRequested {
                wakeUp.wait(milliseconds: 3_600_000)
                if stop.isRequested { break }
                try shared.untilDone("upkeep", stop) { try keep(upkeep, days: settings.journalRetentionDays) }
            }
            // The mark only tells the next start that this end was clean; an outage now costs it some caution.
            try? upkeep.markStopped(settings.instanceID)
        }
    }

    private static func keep(_ upkeep: PostgresUpkeep, days: Int) throws {
        _ = try upkeep.maintainPartitions(keepDays: days)
        let trimmed = try upkeep.trim(keepDays: days)
        guard !trimmed.isEmpty else { return }
        Logger(label: "upkeep").info(
            "trimmed what is old",
            metadata: [
                "waits": "\(trimmed.waits)", "dead_letters": "\(trimmed.deadLetters)",
                "journal_rows": "\(trimmed.journalRows)",
            ])
    }

    private static func relay(_ shared: SharedParts) -> ServicePart {
        let stop = StopFlag()
        return ServicePart("relay", stop: stop, wakeUp: shared.relayWakeUp) {
            guard shared.startup.awaitSchema(stop) else { return }
            let sent = Counter(label: "tributary_outbox_sent_total", dimensions: [("service", H.service)])
            var options = RelayOptions()
            options.sent = { sent.increment(by: $0) }
            options.health = shared.health
            let settings = shared.settings
            let relay = try Relay(
                outbox: PostgresOutbox(url: settings.databaseURL, service: H.service), clock: shared.clock,
                options: options
            ) {
                try KafkaSink(
                    configuration: KafkaSettings(settings).producer(client: "\(H.service)-relay"),
                    prefix: settings.topicPrefix)
            }
            while !stop.isRequested {
                var moved = 0
                try shared.untilDone("relay", stop) { moved = try relay.step() }
                relay.watchBroker()
                if moved == 0, relay.isIdle { shared.relayWakeUp.wait(milliseconds: 100) }
            }
            let limit = Date(timeIntervalSinceNow: 3)
            // What the lanes committed last is sent now rather than at the next start; an outage leaves it unsent.
            while Date() < limit, let moved = try? relay.step(), moved > 0 || !relay.isIdle {}
            relay.close()
        }
    }

    private static func side(_ work: any SideWork, _ shared: SharedParts) -> ServicePart {
        let stop = StopFlag()
        let wakeUp = WakeUp()
        return ServicePart(work.name, stop: stop, wakeUp: wakeUp) {
            guard shared.startup.awaitGate(stop) else { return }
            let connection = ReconnectingConnection(
                url: shared.settings.databaseURL, name: "\(H.service) \(work.name)", readsWhole: true)
            defer { connection.close() }
            while !stop.isRequested {
                try shared.untilDone(work.name, stop) {
                    try work.step(
                        SideWorkPlace(
                            connection: connection.open(), now: shared.clock.now, calendar: shared.settings.calendar,
                            stop: stop, service: H.service))
                }
                wakeUp.wait(milliseconds: 1000)
            }
        }
    }

    private static func publisher(
        _ publisher: InboundPublisher, _ wakeUp: WakeUp, _ shared: SharedParts
    ) -> ServicePart {
        let stop = StopFlag()
        return ServicePart("publisher", stop: stop, wakeUp: wakeUp) {
            try publisher.run(stop, health: shared.health) {
                try KafkaSink(
                    configuration: KafkaSettings(shared.settings).publisher(client: "\(H.service)-edge"),
                    prefix: shared.settings.topicPrefix)
            }
        }
    }

    /// Reads the mall's time as it stands, so that nothing is decided at another.
    private static func readClock(_ shared: SharedParts, _ stop: StopFlag) throws {
        guard shared.settings.isClockShiftAllowed else { return }
        let follower = try ClockFollower(settings: shared.settings, service: H.service, clock: shared.clock)
        defer { follower.close() }
        while try !follower.step(waitMilliseconds: 50) {
            if stop.isRequested { throw LaneStopped() }
        }
    }

    private static func clock(_ shared: SharedParts) -> ServicePart {
        let stop = StopFlag()
        return ServicePart("clock", stop: stop) {
            guard shared.settings.isClockShiftAllowed else {
                while !stop.isRequested { Thread.sleep(forTimeInterval: 0.2) }
                return
            }
            let follower = try ClockFollower(settings: shared.settings, service: H.service, clock: shared.clock)
            while !stop.isRequested { _ = try follower.step(waitMilliseconds: 200) }
            follower.close()
        }
    }

    private static func lane(
        _ member: String, _ topics: [Topic], _ handler: H, _ tables: T, _ shared: SharedParts,
        _ adjust: @escaping @Sendable (inout LaneOptions) -> Void
    ) -> ServicePart {
        let stop = StopFlag()
        let name = "lane-\(member)"
        return ServicePart(name, stop: stop) {
            let isReference = member == "reference"
            guard isReference ? shared.startup.awaitSchema(stop) : shared.startup.awaitGate(stop) else { return }
            let settings = shared.settings
            var options = LaneOptions()
            options.name = name
            options.stop = stop
            options.health = shared.health
            options.readsTimers = !isReference
            options.wakeRelay = { shared.relayWakeUp.call() }
            if shared.startup.wasUnclean {
                options.attempts = PostgresUpkeep(url: settings.databaseURL, service: H.service)
            }
            adjust(&options)
            let group = isReference ? shared.referenceGroup : H.service
            let source = try KafkaSource(
                configuration: KafkaSettings(settings).consumer(group: group, member: member),
                topics: topics.map(\.name), prefix: settings.topicPrefix)
            let lane = Lane(
                handler: handler, store: PostgresStore(url: settings.databaseURL, service: H.service, tables: tables),
                source: source, clock: shared.clock, options: options)
            defer { source.close() }
            let meter = LaneMeter(service: H.service, lane: member)
            while !stop.isRequested { try meter.measure { try lane.step() } }
        }
    }
}
