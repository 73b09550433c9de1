import Contracts
@testable import Pipeline
import Support
import Testing

@Suite("Timers") struct TimerTests {
    @Test(arguments: StoreKind.allCases)
    func timerFiresWhenItsTimeHasComeAndNotBefore(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            try rig.advance(by: TrivialHandler.restsAfter - .milliseconds(1))
            #expect(try rig.story("a") == ["opened 0", "added 5"])
            try rig.advance(by: .milliseconds(201))
            #expect(try rig.story("a") == ["opened 0", "added 5", "rested 5"])
            #expect(try rig.store.timers() == [])
            try rig.advance(by: .minutes(5))
            #expect(try rig.story("a").count == 3)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func nowIsTheDueTimeWhileATimerIsDecided(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            let due = rig.clock.now + TrivialHandler.restsAfter
            try rig.advance(by: .hours(3))
            let rested = try #require(try rig.store.outbox().last)
            #expect(rested.envelope.time == due)
            #expect(rested.envelope.causationID == "timer:rest/a/\(due.milliseconds)")
        }
    }

    @Test(arguments: StoreKind.allCases)
    func newDueTimeReplacesTheFormer(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            try rig.advance(by: .seconds(40))
            rig.add("a", 1, id: "add-2")
            try rig.settle()
            try rig.advance(by: .seconds(40))
            #expect(try rig.store.timers() == ["rest/a"])
            try rig.advance(by: .seconds(20))
            #expect(try rig.story("a") == ["opened 0", "added 5", "added 6", "rested 6"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func cancelledTimerNeverFires(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            rig.add("a", 5, id: "add-1")
            rig.publish(HushCounter("a"), on: .testCounters, key: "a", id: "hush-1")
            try rig.settle()
            rig.publish(HushCounter("a"), on: .testAdds, key: "a", id: "hush-2")
            try rig.settle()
            try rig.advance(by: .minutes(5))
            #expect(try rig.story("a") == ["opened 0", "added 5"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func timerSetAgainForAnInstantThatHasFiredFiresAgain(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            let due = rig.clock.now + TrivialHandler.restsAfter
            try rig.advance(by: .minutes(2))
            try rig.setTimer("rest", "a", due)
            try rig.advance(by: .seconds(1))
            #expect(try rig.story("a") == ["opened 0", "added 5", "rested 5", "rested 5"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func timerThatCannotBeHandledIsADeadLetterOnceAndCanBeRetried(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            try rig.settle()
            try rig.setTimer("rest", "missing", rig.clock.now)
            try rig.advance(by: .seconds(1))
            try rig.advance(by: .seconds(1))
            #expect(try rig.store.deadLetters().map(\.reason) == ["counter missing is missing"])
            rig.open("missing")
            try rig.settle()
            rig.command(RetryDeadLetters(head: .sample("retry-1"), deadLetterIDs: [], all: true))
            try rig.settle()
            try rig.advance(by: .seconds(2))
            #expect(try rig.story("missing") == ["opened 0", "rested 0"])
            #expect(try rig.deadLetters() == [])
        }
    }
}

extension Rig {
    fileprivate func setTimer(_ timer: String, _ key: String, _ due: Instant) throws {
        try set(timer, key, due, store)
    }

    private func set<P: StorePlace>(_ timer: String, _ key: String, _ due: Instant, _ place: P) throws {
        let store = place.makeStore()
        var effects = Effects()
        effects.timers = [.set(kind: timer, key: key, due: due)]
        try store.transaction { try store.save(State<P.Aggregate>(), effects) }
    }
}
