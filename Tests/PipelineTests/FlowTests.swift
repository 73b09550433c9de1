import Contracts
@testable import Pipeline
import Support
import Testing

@Suite("Flow of messages") struct FlowTests {
    @Test(arguments: StoreKind.allCases)
    func messagesOfOneKeyAreDecidedInTheOrderTheyCame(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            for amount in 1...20 { rig.add("a", Int64(amount), id: "add-\(amount)") }
            try rig.settle()
            #expect(try rig.story("a") == ["opened 0"] + (1...20).map { "added \((1...$0).reduce(0, +))" })
            #expect(try rig.publishedVersions("a") == Array(1...21))
            #expect(try rig.store.unsentCount() == 0)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func sameMessageTwiceInOneBatchHasOneEffect(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            for _ in 0..<3 { rig.add("a", 5, id: "add-1") }
            let report = try rig.settle()
            #expect(report.known == 2)
            #expect(try rig.total("a") == 5)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func sameMessageInALaterBatchHasNoEffect(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            rig.add("a", 5, id: "add-1")
            #expect(try rig.settle().known == 1)
            #expect(try rig.total("a") == 5)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func sameMessageAfterARestartHasNoEffect(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            rig.add("a", 5, id: "add-1")
            while try !rig.step().isIdle {}
            rig.kill()
            #expect(try rig.settle().known == 2, "the positions were not durable, so both come again")
            #expect(try rig.total("a") == 5)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func sameIdWithAnotherBodyIsADeadLetterWithoutEffect(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            rig.add("a", 5, id: "add-1")
            rig.add("a", 6, id: "add-1")
            rig.add("a", 1, id: "add-2")
            try rig.settle()
            rig.add("a", 7, id: "add-1")
            try rig.settle()
            #expect(try rig.total("a") == 6)
            let buried = "add-1: ce_id: came before with another body (1)"
            #expect(try rig.deadLetters() == [buried, buried])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func anotherBodyIsBuriedOnceHoweverOftenItComes(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            rig.add("a", 5, id: "add-1")
            rig.add("a", 6, id: "add-1")
            while try !rig.step().isIdle {}
            rig.kill()
            try rig.settle()
            #expect(try rig.deadLetters().count == 1)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func messageThatChangesNothingLeavesNoRow(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            try rig.settle()
            let before = try rig.store.journalCount()
            rig.add("a", 0, id: "add-0")
            #expect(try rig.settle().handled == 1)
            #expect(try rig.store.journalCount() == before)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func referenceTopicsAreHandledByTheirOwnLane(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.rule("double", factor: 2)
            rig.open("a", rule: "double")
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            #expect(try rig.total("a") == 10)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func keysThatOnlyAnEarlierMessageOfTheBatchMakesKnownAreLoaded(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("grandparent")
            rig.open("parent", parent: "grandparent", key: "grandparent")
            try rig.settle()
            rig.open("child", parent: "parent")
            rig.add("child", 3, id: "add-1")
            try rig.settle()
            #expect(try ["child", "parent", "grandparent"].map(rig.total) == [3, 3, 3])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func keysWithoutEndAreAFault(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("0")
            for level in 1...50 { rig.open("\(level)", parent: "\(level - 1)", key: "0") }
            try rig.settle()
            rig.add("50", 1, id: "add-1")
            try rig.settle()
            #expect(try rig.deadLetters() == ["add-1: names further keys after 16 rounds of loading (1)"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func factsCarryTheirEnvelope(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            let record = try #require(rig.published(on: .testTotals).last)
            #expect(record.text("ce_id") == "test.totals.v1/a/2")
            #expect(record.text("ce_type") == CounterChanged.type)
            #expect(record.text("ce_source") == "/services/test")
            #expect(record.text("ce_subject") == "a")
            #expect(record.text("ce_causationid") == "add-1")
            #expect(record.text("ce_correlationid") == "add-1")
            #expect(record.text("ce_time") == rig.clock.now.description)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aggregatesAreFoundByTheirOtherNames(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a", nickname: "ann")
            rig.add("ann", 5, id: "add-1")
            try rig.settle()
            rig.add("ann", 2, id: "add-2")
            rig.add("a", 1, id: "add-3", key: "ann")
            try rig.settle()
            #expect(try rig.total("a") == 8)
        }
    }
}
