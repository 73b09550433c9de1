/// An empty Fetch answer that waits for its partitions to be written to.
struct FetchHold {
    let until: ContinuousClock.Instant
    let partitions: PartitionSelection
}

/// The answers of one connection on their way to the client, in order.
///
/// Kafka answers each connection in the order of its requests, so a held answer would hold up those behind it: a newer
/// answer therefore ends the hold before it.
struct AnswerQueue {
    private struct Entry {
        let frame: [UInt8]
        let notBefore: ContinuousClock.Instant
        var hold: FetchHold?

        var due: ContinuousClock.Instant { max(notBefore, hold?.until ?? notBefore) }
    }

    private var entries: [Entry] = []
    private(set) var byteCount = 0

    var isEmpty: Bool { entries.isEmpty }

    /// When the first answer is due, or nil without one.
    var deadline: ContinuousClock.Instant? { entries.first?.due }

    /// - Parameter notBefore: Now, or later with the delay fault.
    mutating func append(_ frame: [UInt8], notBefore: ContinuousClock.Instant, hold: FetchHold?) {
        endHold()
        entries.append(Entry(frame: frame, notBefore: notBefore, hold: hold))
        byteCount += frame.count
    }

    /// Ends the hold when the written partitions are among those it waits for.
    mutating func endHold(for written: PartitionSelection = .all) {
        guard let last = entries.indices.last, let hold = entries[last].hold else { return }
        if hold.partitions.overlaps(written) { entries[last].hold = nil }
    }

    /// Takes the first answer if it is due.
    mutating func takeDue(at now: ContinuousClock.Instant) -> [UInt8]? {
        guard let first = entries.first, first.due <= now else { return nil }
        entries.removeFirst()
        byteCount -= first.frame.count
        return first.frame
    }
}
