import Contracts

/// What the broker acknowledged of late: after a fatal producer error it may have lost some of it.
///
/// - Source: DESIGN section 2, "Outbox and relay"; a broker that was killed loses what it had not flushed.
struct SentLately {
    /// About a minute at 3,000 records a second; beyond that the oldest are forgotten.
    private static let maximum = 200_000
    private var batches: [(at: Instant, names: [OutboxName])] = []
    private var count = 0

    mutating func note(_ names: [OutboxName], at machineNow: Instant) {
        batches.append((machineNow, names))
        count += names.count
        let tooOld = machineNow + .seconds(-60)
        var dropped = 0
        while dropped < batches.count, batches[dropped].at < tooOld || count > Self.maximum {
            count -= batches[dropped].names.count
            dropped += 1
        }
        batches.removeFirst(dropped)
    }

    /// Forgets everything and answers what was acknowledged since then.
    mutating func take(since instant: Instant) -> [OutboxName] {
        defer { self = SentLately() }
        return batches.filter { $0.at >= instant }.flatMap(\.names)
    }
}
