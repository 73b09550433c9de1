import Contracts
@testable import Pipeline
import Support
import Testing

@Suite("Waiting messages") struct WaitingTests {
    @Test(arguments: StoreKind.allCases)
    func earlyMessageIsDecidedWhenItsAggregateAppearsInALaterBatch(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", 5, id: "add-1")
            #expect(try rig.settle().parked == 1)
            #expect(try rig.store.waiting() == ["counter:a <- add-1"])
            rig.open("a")
            try rig.settle()
            #expect(try rig.story("a") == ["opened 0", "added 5"])
            #expect(try rig.store.waiting() == [])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func earlyMessageIsDecidedWhenItsAggregateAppearsInTheSameBatch(_ kind: StoreKind) throws {
        try kind.with { rig in
            for amount in [5, 2] {
                rig.publish(AddToCounter("a", Int64(amount)), on: .testCounters, key: "a", id: "add-\(amount)")
            }
            rig.open("a", parent: "p", key: "a")
            rig.open("p", key: "a")
            let report = try rig.step()
            #expect(report.parked == 3)
            #expect(try rig.story("a") == ["opened 0", "added 5", "added 7"])
            #expect(try rig.store.waiting() == [])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func severalWaitingMessagesAreDecidedOldestFirst(_ kind: StoreKind) throws {
        try kind.with { rig in
            for amount in [5, 1, 3] {
                rig.add("a", Int64(amount), id: "add-\(amount)")
                try rig.settle()
            }
            rig.open("a")
            rig.add("a", 10, id: "add-10")
            try rig.settle()
            #expect(try rig.story("a") == ["opened 0", "added 5", "added 6", "added 9", "added 19"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func messageWaitsAgainForAnotherKey(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", 5, id: "add-1", also: "b")
            try rig.settle()
            rig.open("a")
            try rig.settle()
            #expect(try rig.store.waiting() == ["counter:b <- add-1"])
            #expect(try rig.total("a") == 0)
            rig.open("b")
            try rig.settle()
            #expect(try rig.total("a") == 5)
            #expect(try rig.total("b") == 5)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func waitingMessageIsFoundUnderAnotherNameOfItsAggregate(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("ann", 5, id: "add-1")
            try rig.settle()
            rig.open("a", nickname: "ann")
            try rig.settle()
            #expect(try rig.total("a") == 5)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func referenceThatAppearsReleasesWhatWaitedForIt(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a", rule: "double")
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            #expect(try rig.store.waiting() == ["rule:double <- open-a", "counter:a <- add-1"])
            rig.rule("double", factor: 2)
            try rig.settle()
            #expect(try rig.total("a") == 10)
            #expect(try rig.store.waiting() == [])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func waitThatOutlastsItsPatienceIsADeadLetter(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            try rig.advance(by: TrivialHandler.patience - .seconds(61))
            #expect(try rig.deadLetters() == [])
            try rig.advance(by: .seconds(61))
            #expect(try rig.deadLetters() == ["add-1: counter a is unknown (1)"])
            #expect(try rig.store.waiting() == [])
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            #expect(try rig.store.waiting() == [], "its end is known by its id")
        }
    }

    @Test(arguments: StoreKind.allCases)
    func waitEndsAtItsDeadlineNotLater(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            for _ in 0..<150 { try rig.advance(by: .seconds(2)) }
            #expect(try rig.deadLetters().count == 1)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func sweepOffersWhatNobodyOffered(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            // Its aggregate came in a transaction that did not see it, as if both had been open at once.
            try rig.makeUnseen("a")
            #expect(try rig.total("a") == 0)
            try rig.advance(by: .seconds(2))
            #expect(try rig.total("a") == 5)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func repeatedWaitingMessageIsKnown(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", 5, id: "add-1")
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            rig.add("a", 5, id: "add-1")
            #expect(try rig.settle().known == 1)
            rig.open("a")
            try rig.settle()
            #expect(try rig.total("a") == 5)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func faultOfAWaitingMessageIsItsOwn(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", 1, id: "add-1")
            rig.publish(
                AddToCounter("a", 5, also: "b"), on: .testAdds, key: "a", id: "add-2")
            try rig.settle()
            rig.open("a")
            try rig.settle()
            #expect(try rig.total("a") == 1)
            #expect(try rig.deadLetters() == [])
            #expect(try rig.store.waiting() == ["counter:b <- add-2"])
        }
    }
}

extension Rig {
    /// Puts a counter into the store past the pipeline.
    fileprivate func makeUnseen(_ counter: String) throws { try insert(counter, store) }

    private func insert<P: StorePlace>(_ counter: String, _ place: P) throws {
        let store = place.makeStore()
        var state = State<P.Aggregate>()
        let value = TrivialHandler.Aggregate.counter(.fresh)
        state.set(.counter(counter), try #require(value as? P.Aggregate))
        try store.transaction { try store.save(state, Effects()) }
    }
}
