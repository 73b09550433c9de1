import ConsoleDomain
import Contracts

/// How much waits in one queue.
struct QueueCount: Sendable, Equatable {
    let queue: String
    /// At most `QueueReader.mostCounted`.
    let count: Int64
}

/// How much waits in each queue, counted once for all who see the same: it stands at the side of every page.
actor QueueCounts {
    private struct Audience: Hashable {
        let scope: DataScope
        let queues: [String]
    }

    private struct Known {
        let counts: [QueueCount]
        let at: ContinuousClock.Instant
    }

    /// More than there are kinds of viewers; all are forgotten then.
    private static let mostKnown = 500
    private var known: [Audience: Known] = [:]
    /// Those for whom it is being counted beside the pages.
    private var counting: Set<Audience> = []

    /// Counts anew what the viewer sees.
    func now(for visit: Visit) async throws -> [QueueCount] {
        let queues = Queues.seen(by: visit)
        guard !queues.isEmpty else { return [] }
        let question = QueueQuestion(viewer: visit.viewer, now: visit.mallNow)
        let counts = try await visit.tools.database.read { connection in
            try queues.map { QueueCount(queue: $0.name, count: try QueueReader.count($0, question, in: connection)) }
        }
        if known.count >= Self.mostKnown { known = [:] }
        known[audience(of: visit)] = Known(counts: counts, at: .now)
        return counts
    }

    /// What was counted so lately, by whoever sees the same; else it is counted.
    func lately(_ age: Duration, for visit: Visit) async throws -> [QueueCount] {
        if let known = known[audience(of: visit)], ContinuousClock.now - known.at < age { return known.counts }
        return try await now(for: visit)
    }

    /// For a page, which does not wait for what takes long in a large mall: what was known last, up to `mostAge` old. What is
    /// older than `age` is counted anew meanwhile, for the next page.
    func shown(_ age: Duration, for visit: Visit) async throws -> [QueueCount] {
        let audience = audience(of: visit)
        guard let known = known[audience], ContinuousClock.now - known.at < Self.mostAge else {
            return try await now(for: visit)
        }
        if ContinuousClock.now - known.at >= age, counting.insert(audience).inserted {
            Task {
                _ = try? await now(for: visit)
                counting.remove(audience)
            }
        }
        return known.counts
    }

    private static let mostAge = Duration.seconds(120)

    private func audience(of visit: Visit) -> Audience {
        Audience(scope: visit.viewer.scope, queues: Queues.seen(by: visit).map(\.name))
    }
}
