import Contracts
import Kafka
import Pipeline

/// How a conformance run ended: what must be equal whatever happened on the way.
struct ConformanceEnd {
    /// How much of two ends must be equal.
    enum Likeness {
        /// All of it.
        case disturbed
        /// All but rows, which only one of the stores has.
        case inAnotherStore
        /// A message that was put aside stands there as often as it came.
        case repeatedAnew
        /// Facts may have other numbers, and those of these types may be told otherwise; of rows only these tables' count.
        case inAnotherOrder(told: Set<String>, tables: Set<String>)
    }

    private struct Told {
        let id: String
        let type: String
        let body: String

        init(_ row: OutboxRow) {
            // A dead letter's id tells the offset of the message, which another run may have elsewhere.
            id = row.envelope.id.hasPrefix("dead/") ? "dead letter" : row.envelope.id
            type = row.envelope.type
            body = String(decoding: row.payload ?? [], as: UTF8.self)
        }

        /// `OrderPlaced` of `tributary.intake.orders.OrderPlaced.v1`.
        var shortType: String { String(type.split(separator: ".").dropLast().last ?? "") }
        var text: String { "\(id) \(type): \(body)" }
        var textWithoutNumber: String { "\(type): \(body.replacing(/"version":[0-9]+,?/, with: ""))" }
    }

    /// Key and summary of every aggregate.
    private let aggregates: [String]
    private let rows: [String]
    private let told: [Told]
    private let deadLetters: [String]
    private let waiting: [String]
    private let timers: [String]
    /// What is wrong with this run by itself.
    let defects: [String]
    let visits: [CrashPoint: Int]
    let crashes: Int

    init<Place: StorePlace>(
        place: Place, broker: MemoryBroker, aggregates: [(key: Key, summary: String)], plan: CrashPlan
    ) throws {
        let outbox = try place.outbox()
        self.aggregates = aggregates.map { "\($0.key) = \($0.summary)" }.sorted()
        rows = try place.rows()
        told = outbox.map(Told.init)
        deadLetters = try place.deadLetters().map(\.description).sorted()
        // A retried message is named by its dead letter's number, which a rollback skips.
        waiting = try place.waiting().map { $0.replacing(/retry:[0-9]+/, with: "retry") }.sorted()
        timers = try place.timers().sorted()
        visits = plan.visits
        crashes = plan.crashes
        let unsent = try place.unsentCount()
        defects =
            Self.publicationDefects(outbox, broker) + Self.versionDefects(outbox, broker)
            + (unsent == 0 ? [] : ["\(unsent) facts were never sent"])
    }

    func differences(from other: ConformanceEnd, _ likeness: Likeness) -> [String] {
        defects + Self.difference("aggregates", aggregates, other.aggregates)
            + Self.difference("timers", timers, other.timers)
            + Self.difference("rows", comparable(rows, likeness), other.comparable(other.rows, likeness))
            + Self.difference("facts", facts(likeness), other.facts(likeness))
            + Self.difference(
                "dead letters", putAside(deadLetters, likeness), other.putAside(other.deadLetters, likeness))
            + Self.difference("waiting messages", putAside(waiting, likeness), other.putAside(other.waiting, likeness))
    }

    private func comparable(_ rows: [String], _ likeness: Likeness) -> [String] {
        switch likeness {
        case .disturbed: rows
        // As often as a message was put aside, the topic of dead letters has counted it.
        case .repeatedAnew: rows.filter { !$0.contains(".dead-letters.v1") }
        case .inAnotherStore: []
        case .inAnotherOrder(_, let tables): rows.filter { tables.contains(String($0.prefix { $0 != " " })) }
        }
    }

    private func facts(_ likeness: Likeness) -> [String] {
        switch likeness {
        case .disturbed, .inAnotherStore: told.map(\.text).sorted()
        case .repeatedAnew: Set(told.map(\.text)).sorted()
        case .inAnotherOrder(let ordered, _):
            told.filter { !ordered.contains($0.shortType) }.map(\.textWithoutNumber).sorted()
        }
    }

    private func putAside(_ messages: [String], _ likeness: Likeness) -> [String] {
        guard case .repeatedAnew = likeness else { return messages }
        return Set(messages.map { $0.replacing(/#[0-9]+/, with: "") }).sorted()
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
    /// - Parameter fields: Left out wherever they stand: what only a row's maker knows of it.
    public static func of(_ value: Any, without fields: Set<String> = []) -> String {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .dictionary, .set:
            return "[" + mirror.children.map { of($0.value, without: fields) }.sorted().joined(separator: ", ") + "]"
        case .collection:
            return "[" + mirror.children.map { of($0.value, without: fields) }.joined(separator: ", ") + "]"
        case .optional:
            return mirror.children.first.map { of($0.value, without: fields) } ?? "nil"
        case .enum where mirror.children.isEmpty, nil:
            return String(describing: value)
        default:
            let kept = mirror.children.filter { !fields.contains($0.label ?? "_") }
            let texts = kept.map { "\($0.label ?? "_"): \(of($0.value, without: fields))" }
            return "\(type(of: value))(\(texts.joined(separator: ", ")))"
        }
    }
}
