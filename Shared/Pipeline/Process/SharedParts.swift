import Contracts
import Foundation
import Kafka
import Logging
import Metrics
import Synchronization

/// What the threads of one process share.
final class SharedParts: Sendable {
    let settings: ProcessSettings
    let referenceGroup: String
    let clock = SystemClock()
    let health = Health()
    let relayWakeUp = WakeUp()
    let startup: Startup

    init(settings: ProcessSettings, service: String) {
        self.settings = settings
        referenceGroup = "\(service)-reference"
        startup = Startup(health: health)
    }

    /// Repeats `body` while database or broker are away, says so, and ends when told to stop.
    func untilDone(_ part: String, _ stop: StopFlag, _ body: () throws -> Void) throws {
        var backoff = Backoff()
        while true {
            do {
                try body()
                if backoff.attempts > 0 { health.recovered(part) }
                return
            } catch {
                guard Self.isOutage(error) else { throw error }
                if stop.isRequested { throw LaneStopped() }
                health.failing(part, "\(error)")
                let wait = backoff.next()
                Logger(label: part).debug(
                    "retrying", metadata: ["attempt": "\(backoff.attempts)", "error": "\(error)"])
                var left = wait.milliseconds
                while left > 0, !stop.isRequested {
                    Thread.sleep(forTimeInterval: 0.05)
                    left -= 50
                }
            }
        }
    }

    private static func isOutage(_ error: any Error) -> Bool {
        if let error = error as? any StoreFailure { return error.isOutage }
        if let error = error as? KafkaError { return error.isRetriable || error.isTimedOut || error.isUnknownTopic }
        return false
    }
}

/// How far a process has come in starting.
final class Startup: Sendable {
    private struct Progress {
        var isSchemaReady = false
        var isGateOpen = false
        var wasUnclean = false
    }

    private let progress = Mutex(Progress())
    private let health: Health

    init(health: Health) { self.health = health }

    func schemaReady(wasUnclean: Bool) {
        progress.withLock {
            $0.isSchemaReady = true
            $0.wasUnclean = wasUnclean
        }
    }

    func openGate() {
        progress.withLock { $0.isGateOpen = true }
        health.started()
    }

    var wasUnclean: Bool { progress.withLock { $0.wasUnclean } }

    /// Answers false when told to stop before.
    func awaitSchema(_ stop: StopFlag) -> Bool { reached(stop) { $0.isSchemaReady } }
    func awaitGate(_ stop: StopFlag) -> Bool { reached(stop) { $0.isGateOpen } }

    private func reached(_ stop: StopFlag, _ isReached: (Progress) -> Bool) -> Bool {
        while !stop.isRequested {
            if progress.withLock({ isReached($0) }) { return true }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return false
    }
}

/// Counts what a lane does.
struct LaneMeter {
    private let handled: Counter
    private let known: Counter
    private let parked: Counter
    private let faults: Counter
    private let facts: Counter
    private let batches: Metrics.Timer
    private let logger = Logger(label: "lane")

    init(service: String, lane: String) {
        let label = ("service", service)
        func counter(_ outcome: String) -> Counter {
            Counter(label: "tributary_messages_total", dimensions: [label, ("outcome", outcome)])
        }
        handled = counter("handled")
        known = counter("known")
        parked = counter("parked")
        faults = counter("dead")
        facts = Counter(label: "tributary_facts_total", dimensions: [label])
        batches = Metrics.Timer(label: "tributary_batch_seconds", dimensions: [label])
    }

    func measure(_ step: () throws -> LaneReport) rethrows {
        let start = ContinuousClock.now
        let report = try step()
        guard !report.isIdle else { return }
        batches.recordNanoseconds(Int64((ContinuousClock.now - start) / .nanoseconds(1)))
        handled.increment(by: report.handled)
        known.increment(by: report.known)
        parked.increment(by: report.parked)
        faults.increment(by: report.faults.count)
        facts.increment(by: report.facts)
        for fault in report.faults {
            logger.error("dead letter", metadata: ["field": "\(fault.field ?? "")", "reason": "\(fault.reason)"])
        }
    }
}
