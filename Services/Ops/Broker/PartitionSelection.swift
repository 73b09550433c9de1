/// Names one partition by a hash: equal partitions are always equal, unequal ones almost never.
///
/// A collision only answers an idle fetch a little too early; nothing is lost by it.
struct PartitionKey: Hashable {
    private let hash: UInt64

    init(topicHash: UInt64, partition: Int32) {
        hash = (topicHash ^ UInt64(UInt32(bitPattern: partition))) &* 0x0000_0100_0000_01B3
    }

    /// FNV-1a over the topic's name.
    static func topicHash(_ name: ArraySlice<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }
}

/// The partitions a request reads or writes; `all` when the front cannot tell which.
enum PartitionSelection: Equatable {
    case all
    case some(Set<PartitionKey>)

    func overlaps(_ other: PartitionSelection) -> Bool {
        switch (self, other) {
        case (.some(let mine), .some(let theirs)): !mine.isDisjoint(with: theirs)
        case (.all, _), (_, .all): true
        }
    }

    mutating func formUnion(_ other: PartitionSelection) {
        switch (self, other) {
        case (.some(let mine), .some(let theirs)): self = .some(mine.union(theirs))
        case (.all, _), (_, .all): self = .all
        }
    }
}
