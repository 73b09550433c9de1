import Contracts
import Kafka
import Pipeline

/// How a conformance run ended: what must be equal whatever happened on the way.
struct ConformanceEnd {
    /// Key and summary of every aggregate.
    let aggregates: [String]
    /// Type, key, version and payload of every fact, sorted.
    let facts: [String]
    let deadLetters: [String]
    let waiting: [String]
    let timers: [String]
    /// What is wrong with this run by itself.
    let defects: [String]
    let visits: [CrashPoint: Int]
    let crashes: Int

    init<Place: StorePlace>(
        place: Place, broker: MemoryBroker, aggregates: [(key: Key, summary: String)], plan: CrashPlan
    ) throws {
        let outbox = try place.outbox()
        self.aggregates = aggregates.map { "\($0.key) = \($0.summary)" }.sorted()
        facts = outbox.map { row in
            // A dead letter's id tells the offset of the message, which another run may have elsewhere.
            let id = row.envelope.id.hasPrefix("dead/") ? "dead letter" : row.envelope.id
            return "\(id) \(row.envelope.type): \(String(decoding: row.payload ?? [], as: UTF8.self))"
        }.sorted()
        deadLetters = try place.deadLetters().map(\.description).sorted()
        // A retried message is named by its dead letter's number, which a rollback skips.
        waiting = try place.waiting().map { $0.replacing(/retry:[0-9]+/, with: "retry") }.sorted()
        timers = try place.timers()
        visits = plan.visits
        crashes = plan.crashes
        let unsent = try place.unsentCount()
        defects =
            Self.publicationDefects(outbox, broker) + Self.versionDefects(outbox, broker)
            + (unsent == 0 ? [] : ["\(unsent) facts were never sent"])
    }

    func differences(from other: ConformanceEnd) -> [String] {
        lastingDifferences(from: other) + Self.difference("facts", facts, other.facts)
    }

    /// Without the facts: in another order of events others may be told.
    func lastingDifferences(from other: ConformanceEnd) -> [String] {
        defects + Self.difference("aggregates", aggregates, other.aggregates)
            + Self.difference("dead letters", deadLetters, other.deadLetters)
            + Self.difference("waiting messages", waiting, other.waiting)
            + Self.difference("timers", timers, other.timers)
    }

    private static func difference(_ what: String, _ left: [String], _ right: [String]) -> [String] {
        guard left != right else { return [] }
        let more = left.filter { !right.contains($0) }.prefix(3)
        let less = right.filter { !left.contains($0) }.prefix(3)
        return ["\(left.count) \(what) instead of \(right.count); only here: \(more); missing: \(less)"]
    }

    /// Everything written for the broker stands on its topic, however often always the same.
    private static func publicationDefects(_ outbox: [OutboxRow], _ broker: MemoryBroker) -> [String] {
        var defects: [String] = []
        for topic in Set(outbox.map(\.topic)).sorted() {
            let published = Dictionary(grouping: broker.records(of: topic)) { $0.header("ce_id") }
            for row in outbox where row.topic == topic {
                let records = published[Array(row.envelope.id.utf8)] ?? []
                if records.isEmpty { defects.append("\(row.envelope.id) is not on its topic") }
                if records.contains(where: { $0.value != row.payload }) {
                    defects.append("\(row.envelope.id) stands on its topic with another body")
                }
            }
        }
        return defects
    }

    /// On each topic the facts of a key appear for the first time in the order of their versions, without gaps.
    private static func versionDefects(_ outbox: [OutboxRow], _ broker: MemoryBroker) -> [String] {
        var defects: [String] = []
        for topic in Set(outbox.filter { $0.envelope.id.hasPrefix($0.topic + "/") }.map(\.topic)).sorted() {
            var last: [[UInt8]: Int64] = [:]
            var seen: Set<[UInt8]> = []
            for record in broker.records(of: topic) {
                guard let id = record.header("ce_id"), seen.insert(id).inserted, let key = record.key else { continue }
                let version = String(decoding: id, as: UTF8.self).split(separator: "/").last.flatMap { Int64($0) } ?? 0
                if version != last[key, default: 0] + 1 {
                    defects.append("\(String(decoding: id, as: UTF8.self)) follows version \(last[key, default: 0])")
                }
                last[key] = version
            }
        }
        return defects
    }
}

/// A value in words that are the same for equal values: dictionaries and sets are sorted.
public enum CanonicalText {
    public static func of(_ value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .dictionary, .set:
            return "[" + mirror.children.map { of($0.value) }.sorted().joined(separator: ", ") + "]"
        case .collection:
            return "[" + mirror.children.map { of($0.value) }.joined(separator: ", ") + "]"
        case .optional:
            return mirror.children.first.map { of($0.value) } ?? "nil"
        case .enum where mirror.children.isEmpty, nil:
            return String(describing: value)
        default:
            let fields = mirror.children.map { "\($0.label ?? "_"): \(of($0.value))" }
            return "\(type(of: value))(\(fields.joined(separator: ", ")))"
        }
    }
}
