import Contracts
import Kafka
@testable import Pipeline
import Support
import Testing

/// Both stores, for tests that must hold over each.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
    case memory, postgres

    var testDescription: String { rawValue }

    /// Runs a test of the trivial service over a fresh database.
    func with(handler: TrivialHandler = TrivialHandler(), _ body: (any Rig) throws -> Void) throws {
        switch self {
        case .memory:
            try body(ServiceRig(handler, MemoryPlace(handler)))
        case .postgres:
            try TestDatabase.with { database throws in
                let place = try PostgresPlace(database, service: TrivialHandler.service, tables: TrivialTables())
                try body(ServiceRig(handler, place))
            }
        }
    }
}

extension Rig {
    /// - Parameter key: The record's key; what is to keep its order shares one.
    func open(
        _ counter: String, nickname: String? = nil, rule: String? = nil, parent: String? = nil, key: String? = nil
    ) {
        publish(
            OpenCounter(counter, nickname: nickname, rule: rule, parent: parent), on: .testCounters,
            key: key ?? counter, id: "open-\(counter)")
    }

    /// - Parameter key: The record's key; additions to one counter usually share it.
    func add(_ counter: String, _ amount: Int64, id: String, also: String? = nil, key: String? = nil) {
        publish(AddToCounter(counter, amount, also: also), on: .testAdds, key: key ?? counter, id: id)
    }

    func rule(_ name: String, factor: Int64, id: String? = nil) {
        publish(CounterRule(name, factor: factor), on: .testRules, key: name, id: id ?? "rule-\(name)-\(factor)")
    }

    func total(_ counter: String) throws -> Int64? {
        try total(counter, in: store)
    }

    private func total<P: StorePlace>(_ counter: String, in place: P) throws -> Int64? {
        let values = try place.aggregates([.counter(counter)]).map(\.value)
        guard case .counter(let counter)? = values.first as? TrivialHandler.Aggregate else { return nil }
        return counter.total
    }

    /// The facts of a counter in the order they were decided: `opened 0`, `added 5`.
    func story(_ counter: String) throws -> [String] {
        try facts(counter).map { "\($0.what) \($0.total)" }
    }

    func facts(_ counter: String) throws -> [CounterChanged] {
        try store.outbox().filter { $0.topic == Topic.testTotals.name && $0.key == counter }.map {
            try CounterChanged(JSONDocument.object($0.payload ?? []))
        }
    }

    /// The versions of a counter's facts as they stand on the topic.
    func publishedVersions(_ counter: String) throws -> [Int64] {
        try published(on: .testTotals).filter { $0.key == Array(counter.utf8) }.map {
            try CounterChanged(JSONDocument.object($0.value ?? [])).version
        }
    }

    func deadLetters() throws -> [String] { try store.deadLetters().map(\.description) }
}

extension KafkaRecord {
    func text(_ header: String) -> String? {
        self.header(header).map { String(decoding: $0, as: UTF8.self) }
    }
}
