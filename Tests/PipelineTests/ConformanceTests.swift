import Contracts
@testable import Pipeline
import Support
import Synchronization
import Testing

@Suite("Conformance") struct ConformanceTests {
    static let script: [ConformanceStep] = [
        .message(CounterRule("double", factor: 2), on: .testRules, key: "double"),
        .message(AddToCounter("a", 4), on: .testAdds, key: "a"),
        .message(OpenCounter("a", rule: "double"), on: .testCounters, key: "a"),
        .message(AddToCounter("a", 3), on: .testAdds, key: "a"),
        .message(OpenCounter("b", nickname: "bob", rule: "triple"), on: .testCounters, key: "b"),
        .message(AddToCounter("b", 5), on: .testAdds, key: "b"),
        .message(AddToCounter("b", -1), on: .testAdds, key: "b"),
        .raw(Array("{".utf8), type: AddToCounter.type, on: .testAdds, key: "b"),
        .message(OpenCounter("c", parent: "b"), on: .testCounters, key: "c"),
        .message(AddToCounter("c", 1), on: .testAdds, key: "c"),
        .message(AddToCounter("a", 7, also: "d"), on: .testAdds, key: "a"),
        .pass(.seconds(10)),
        .message(CounterRule("triple", factor: 3), on: .testRules, key: "triple"),
        .message(AddToCounter("b", 0), on: .testAdds, key: "b"),
        .message(AddToCounter("bob", 2), on: .testAdds, key: "b"),
        .message(OpenCounter("d"), on: .testCounters, key: "d"),
        .pass(.seconds(30)),
        .message(AddToCounter("d", 2), on: .testAdds, key: "d"),
        .message(AddToCounter("e", 2), on: .testAdds, key: "e"),
        .pass(.seconds(45)),
        .pass(.minutes(10)),
        .command(RetryDeadLetters(head: .sample("retry"), deadLetterIDs: [], all: true), to: "test"),
        .pass(.seconds(5)),
        .command(DiscardDeadLetters(head: .sample("discard"), deadLetterIDs: [], all: true), to: "test"),
    ]

    @Test(arguments: ConformanceStore.allCases)
    func trivialServiceKeepsThePipelinesPromises(_ store: ConformanceStore) throws {
        // An addition has no key of its own, and tells the total it has led to.
        let conformance = Conformance(
            TrivialHandler(), TrivialTables(), migrations: [TrivialTables.migration], script: Self.script,
            hasBusinessKeys: false, orderedFacts: ["CounterChanged"],
            summary: { CanonicalText.of($0, without: ["isStored"]) })
        let failures = try conformance.failures(over: store)
        #expect(failures == [])
    }

    /// A service whose decisions depend on what no message says is found out.
    @Test func serviceThatIsNotPureFails() throws {
        let calls = Calls()
        let handler = TrivialHandler(beforeDeciding: { _ in calls.note() })
        let conformance = Conformance(
            handler, TrivialTables(), migrations: [], script: Self.script, shuffles: 0,
            summary: { _ in "\(calls.isOdd)" })
        let failures = try conformance.failures(over: .memory)
        #expect(failures.contains { $0.contains("aggregates") })
    }

    /// A script that reaches too little is found out.
    @Test func scriptWithoutFactsFails() throws {
        let conformance = Conformance(
            TrivialHandler(), TrivialTables(), migrations: [],
            script: [.message(AddToCounter("a", 1), on: .testAdds, key: "a")])
        let failures = try conformance.failures(over: .memory)
        #expect(failures.contains("crash point relayAfterSend is never reached"))
    }
}

private final class Calls: Sendable {
    private let count = Atomic<Int>(0)
    func note() { count.add(1, ordering: .relaxed) }
    var isOdd: Bool { count.load(ordering: .relaxed) % 2 == 1 }
}
