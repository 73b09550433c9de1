import Kafka

/// What is missing in a cluster, and what stands there otherwise than the file says.
struct TopicPlan {
    let missing: [TopicFile.Entry]
    let present: [TopicFile.Entry]
    /// Topics whose number of partitions differs: more partitions would send an order's later messages elsewhere.
    let refused: [(entry: TopicFile.Entry, partitions: Int)]

    init(_ file: TopicFile, existing: [TopicDescription], prefix: String) {
        let counts = Dictionary(uniqueKeysWithValues: existing.map { ($0.name, $0.partitionCount) })
        missing = file.entries.filter { counts[prefix + $0.name] == nil }
        present = file.entries.filter { counts[prefix + $0.name] == $0.partitions }
        refused = file.entries.compactMap { entry in
            guard let count = counts[prefix + entry.name], count != entry.partitions else { return nil }
            return (entry, count)
        }
    }
}
