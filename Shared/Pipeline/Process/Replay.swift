import Contracts
import Foundation
import Kafka

/// Handles records of a topic once more, beside the running service: the inbox makes a second handling harmless.
///
/// A dry run decides everything and rolls it back.
struct Replay<H: Handler, T: Tables> where H.Aggregate == T.Aggregate {
    private let handler: H
    private let tables: T
    private let settings: ProcessSettings

    init(handler: H, tables: T, settings: ProcessSettings) {
        self.handler = handler
        self.tables = tables
        self.settings = settings
    }

    func run(_ request: ReplayRequest) throws -> ReplayResult {
        let source = try ReplaySource(request, settings: settings, client: "\(H.service)-replay")
        defer { source.close() }
        let store = PostgresStore(url: settings.databaseURL, service: H.service, tables: tables)
        var options = LaneOptions()
        options.readsTimers = false
        options.idleMilliseconds = 200
        let clock = SystemClock()
        if settings.isClockShiftAllowed {
            let follower = try ClockFollower(settings: settings, service: "\(H.service)-replay", clock: clock)
            while try !follower.step(waitMilliseconds: 100) {}
            follower.close()
        }
        var result = ReplayResult()
        if request.isLive {
            let lane = Lane(handler: handler, store: store, source: source, clock: clock, options: options)
            while !source.isAtEnd { result.report = result.report + (try lane.step()) }
        } else {
            while !source.isAtEnd { result.report = result.report + (try rehearse(source, store, clock, options)) }
        }
        result.read = source.taken
        result.gone = source.gone
        return result
    }

    private func rehearse(
        _ source: ReplaySource, _ store: PostgresStore<T>, _ clock: SystemClock, _ options: LaneOptions
    ) throws -> LaneReport {
        let records = try source.poll(maximum: options.maximumBatch, timeoutMilliseconds: options.idleMilliseconds)
        let topics = Dictionary(uniqueKeysWithValues: (H.topics + H.referenceTopics).map { ($0.name, $0) })
        let entries = records.compactMap { record -> Entry<H.Message>? in
            topics[record.topic].map { .reading(record, topic: $0, by: handler) }
        }
        var batch = Batch(handler: handler, store: store, now: clock.now, machineNow: clock.machineNow)
        do {
            try store.transaction {
                try batch.run(entries, .nothing)
                throw DryRun()
            }
        } catch is DryRun {
            return batch.outcome
        }
        return batch.outcome
    }
}

/// Rolls a rehearsed transaction back.
private struct DryRun: Error {}

struct ReplayResult {
    var read = 0
    /// Of the asked range, at most.
    var gone: Int64 = 0
    var report = LaneReport()

    func text(_ request: ReplayRequest) -> String {
        let faults = Dictionary(grouping: report.faults, by: \.description).mapValues(\.count)
        let lines = faults.sorted { $0.key < $1.key }.map { "  dead letter: \($0.key) × \($0.value)" }
        let trimmed =
            gone == 0
            ? []
            : [
                "  the broker no longer has up to \(gone) older records of what was asked for (retention, or the embedded "
                    + "broker's --keep-megabytes): they are not handled"
            ]
        let verb = request.isLive ? "did" : "would do"
        return
            ([
                "\(request.topic.name): \(read) records read, \(verb): \(report.handled) handled, \(report.known) known, "
                    + "\(report.ignored) of no concern, \(report.parked) waiting, \(report.facts) facts, "
                    + "\(report.faults.count) dead letters"
            ] + trimmed + lines).joined(separator: "\n")
    }
}
