import Contracts
import Pipeline
import Synchronization

extension Conformance {
    /// Plays the steps over a fresh store and looks at the end.
    ///
    /// - Parameters:
    ///   - crash: Where the process dies, at the how many-th visit; once.
    ///   - singly: Handles each message before the next is published.
    ///   - rereads: Reads all topics once more from their beginning in the end.
    func run<Place: StorePlace>(
        _ place: Place, _ steps: [ConformanceStep], keys: [Key], crash: (point: CrashPoint, visit: Int)? = nil,
        singly: Bool = false, rereads: Bool = false
    ) throws -> ConformanceEnd where Place.Aggregate == H.Aggregate {
        let rig = ServiceRig(handler, place)
        let plan = CrashPlan(crash)
        rig.options.maximumBatch = 3
        rig.options.probe = CrashProbe { try plan.visit($0) }
        for step in steps {
            switch step.event {
            case .publish(let publication):
                rig.publish(
                    publication.value, type: publication.type, on: publication.topic, key: publication.key,
                    id: publication.id)
                if singly { try settle(rig) }
            case .pass(let duration):
                try settle(rig)
                rig.clock.advance(by: duration)
                try settle(rig)
            }
        }
        try settle(rig)
        if rereads {
            rig.rewind()
            try settle(rig)
        }
        let aggregates = try place.aggregates(keys).compactMap { key, value in summary(value).map { (key, $0) } }
        return try ConformanceEnd(place: place, broker: rig.broker, aggregates: aggregates, plan: plan)
    }

    /// Steps until nothing happens, over every death on the way.
    private func settle(_ rig: some Rig) throws {
        for _ in 0..<100 {
            do {
                try rig.settle()
                return
            } catch is Crash {
                rig.kill()
            }
        }
        preconditionFailure("the service dies for ever")
    }
}

/// The process died here.
private struct Crash: Error {}

/// Lets the process die at one visit of one point, and counts all visits.
final class CrashPlan: Sendable {
    private struct Progress {
        var visits: [CrashPoint: Int] = [:]
        var crashes = 0
    }

    private let point: CrashPoint?
    private let visit: Int
    private let progress = Mutex(Progress())

    init(_ crash: (point: CrashPoint, visit: Int)?) {
        point = crash?.point
        visit = crash?.visit ?? 0
    }

    var visits: [CrashPoint: Int] { progress.withLock { $0.visits } }
    var crashes: Int { progress.withLock { $0.crashes } }

    func visit(_ point: CrashPoint) throws {
        let isFatal = progress.withLock { progress in
            progress.visits[point, default: 0] += 1
            let isFatal = point == self.point && progress.visits[point] == visit
            if isFatal { progress.crashes += 1 }
            return isFatal
        }
        if isFatal { throw Crash() }
    }
}
