/// Knows which partitions were written to, and in which order, so that an idle fetch can wait without missing anything.
///
/// Every record reaches the broker through this front. Between "the fetch was sent" and "its empty answer arrived" a
/// record may have been appended that the answer does not show; `changed(_:since:)` tells that case.
struct WriteJournal {
    /// Above this many partitions single ones are forgotten and everything counts as just written.
    private static let maximumPartitions = 65_536

    /// How many writes have been noted.
    private(set) var sequence: UInt64 = 0
    private var lastWrites: [PartitionKey: UInt64] = [:]
    private var lastWriteToAll: UInt64 = 0
    private var unreported: PartitionSelection = .some([])

    /// Notes a finished write: call it when the broker's answer is here, for only then can a fetch see the records.
    mutating func note(_ partitions: PartitionSelection) {
        sequence += 1
        unreported.formUnion(partitions)
        guard case .some(let keys) = partitions, lastWrites.count + keys.count <= Self.maximumPartitions else {
            lastWrites = [:]
            lastWriteToAll = sequence
            return
        }
        for key in keys { lastWrites[key] = sequence }
    }

    func changed(_ partitions: PartitionSelection, since past: UInt64) -> Bool {
        if lastWriteToAll > past { return true }
        switch partitions {
        case .all: return sequence > past
        case .some(let keys): return sequence > past && keys.contains { (lastWrites[$0] ?? 0) > past }
        }
    }

    /// What was written since the last call, or nil.
    mutating func takeUnreported() -> PartitionSelection? {
        guard unreported != .some([]) else { return nil }
        defer { unreported = .some([]) }
        return unreported
    }
}
