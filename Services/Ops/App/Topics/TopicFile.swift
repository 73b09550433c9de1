import Kafka

/// The topics of `deploy/kafka/topics`: one per line, `name partitions cleanup-policy retention`.
///
/// - Errors: `OpsFailure` with the line's number and what is wrong with it; all lines are read first.
struct TopicFile {
    struct Entry: Equatable {
        enum Cleanup: String { case delete, compact }
        let name: String
        let partitions: Int
        let cleanup: Cleanup
        /// Days; nil for ever.
        let retentionDays: Int?

        /// As Kafka is told, under a prefix.
        func topic(prefix: String, replication: Int) -> NewTopic {
            let retention = retentionDays.map { Int64($0) * 86_400_000 } ?? -1
            return NewTopic(
                name: prefix + name, partitions: partitions, replication: replication,
                configuration: ["cleanup.policy": cleanup.rawValue, "retention.ms": "\(retention)"])
        }
    }

    let entries: [Entry]

    init(_ text: String) throws {
        var entries: [Entry] = []
        var defects: [String] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(separator: " ").map(String.init)
            if words.isEmpty || line.hasPrefix("#") { continue }
            if let entry = Self.entry(words), !entries.contains(where: { $0.name == entry.name }) {
                entries.append(entry)
            } else {
                defects.append("line \(index + 1): '\(line)' is not a new 'name partitions delete|compact 30d|forever'")
            }
        }
        guard defects.isEmpty else { throw OpsFailure(defects.joined(separator: "\n"), status: .data) }
        self.entries = entries
    }

    private static func entry(_ words: [String]) -> Entry? {
        guard words.count == 4, let partitions = Int(words[1]), (1...1000).contains(partitions),
            let cleanup = Entry.Cleanup(rawValue: words[2])
        else { return nil }
        if words[3] == "forever" {
            return Entry(name: words[0], partitions: partitions, cleanup: cleanup, retentionDays: nil)
        }
        guard words[3].hasSuffix("d"), let days = Int(words[3].dropLast()), days > 0 else { return nil }
        return Entry(name: words[0], partitions: partitions, cleanup: cleanup, retentionDays: days)
    }
}
