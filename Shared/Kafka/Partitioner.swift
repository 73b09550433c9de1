/// Where a keyed message belongs, as every Kafka client with murmur2 partitioning says.
public enum Partitioner {
    /// The partition of a key that is not null.
    ///
    /// - Source: Kafka, `Utils.toPositive(Utils.murmur2(key)) % partitions`; librdkafka, `partitioner=murmur2_random`.
    public static func murmur2(key: [UInt8], partitions: Int) -> Int32 {
        precondition(partitions > 0, "a topic has \(partitions) partitions")
        return Int32((hash(key) & 0x7fff_ffff) % UInt32(partitions))
    }

    /// Kafka's variant of MurmurHash2: 32 bits, little endian, seed 0x9747b28c.
    static func hash(_ key: [UInt8]) -> UInt32 {
        let multiplier: UInt32 = 0x5bd1_e995
        var hash = UInt32(0x9747_b28c) ^ UInt32(truncatingIfNeeded: key.count)
        let whole = key.count & ~3
        for index in stride(from: 0, to: whole, by: 4) {
            var word =
                UInt32(key[index]) | UInt32(key[index + 1]) << 8 | UInt32(key[index + 2]) << 16
                | UInt32(key[index + 3]) << 24
            word = word &* multiplier
            word = (word ^ (word >> 24)) &* multiplier
            hash = (hash &* multiplier) ^ word
        }
        if whole < key.count {
            for index in whole..<key.count {
                hash ^= UInt32(key[index]) << UInt32(8 * (index - whole))
            }
            hash = hash &* multiplier
        }
        hash = (hash ^ (hash >> 13)) &* multiplier
        return hash ^ (hash >> 15)
    }
}
