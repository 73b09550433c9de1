import Contracts
import Kafka
@testable import Pipeline
import Support
import Testing

@Suite("Dead letters") struct DeadLetterTests {
    @Test(arguments: StoreKind.allCases)
    func faultInTheMiddleOfABatchLetsItsNeighboursPass(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.open("a")
            rig.add("a", 1, id: "add-1")
            rig.add("a", -7, id: "add-2")
            rig.add("a", 2, id: "add-3")
            let report = try rig.settle()
            #expect(report.faults == [Fault("-7 is negative", field: "amount")])
            #expect(try rig.total("a") == 3)
            #expect(try rig.deadLetters() == ["add-2: amount: -7 is negative (1)"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func deadLetterRecordCarriesTheOriginalAndTheReason(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", -7, id: "add-2")
            try rig.settle()
            let record = try #require(rig.published(on: .deadLetters(of: "test")).first)
            let original = try #require(rig.broker.records(of: Topic.testAdds.name).first)
            #expect(record.key == original.key)
            #expect(record.value == original.value)
            #expect(record.text("ce_type") == AddToCounter.type)
            #expect(record.text("ce_causationid") == "add-2")
            #expect(record.text("dlq_reason") == "-7 is negative")
            #expect(record.text("dlq_field") == "amount")
            #expect(record.text("dlq_topic") == Topic.testAdds.name)
            #expect(record.text("dlq_partition") == String(original.partition))
            #expect(record.text("dlq_offset") == "0")
            #expect(record.text("dlq_attempts") == "1")
            #expect(record.text("dlq_failed_at") == rig.clock.now.description)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func whatCannotBeReadIsADeadLetterWhateverItHolds(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.publish(Array("{".utf8), type: AddToCounter.type, on: .testAdds, key: "a", id: "broken")
            rig.publish(Array("{}".utf8), type: "test.unknown.v1", on: .testAdds, key: "a", id: "unknown")
            rig.publish(nil, type: AddToCounter.type, on: .testAdds, key: "a", id: "empty")
            rig.publish(Array("{}".utf8), type: "bad\0type", on: .testAdds, key: "a\0b", id: "null\0")
            rig.broker.publish(Topic.testAdds.name, key: "", value: [0xFF, 0x00], at: -1)
            rig.open("a")
            try rig.settle()
            #expect(try rig.store.deadLetters().count == 5)
            #expect(try rig.total("a") == 0)
            #expect(rig.published(on: .deadLetters(of: "test")).count == 5)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func redeliveredFaultIsBuriedOnce(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", -7, id: "add-2")
            while try !rig.step().isIdle {}
            rig.kill()
            try rig.settle()
            #expect(try rig.deadLetters().count == 1)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func retriedDeadLetterIsHandledWhenTheCauseIsGone(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            try rig.advance(by: TrivialHandler.patience + .minutes(1))
            #expect(try rig.deadLetters() == ["add-1: counter a is unknown (1)"])
            rig.open("a")
            let id = try #require(try rig.store.deadLetters().first?.id)
            rig.command(RetryDeadLetters(head: .sample("retry-1"), deadLetterIDs: [id]))
            try rig.settle()
            try rig.advance(by: .seconds(2))
            #expect(try rig.total("a") == 5)
            #expect(try rig.deadLetters() == [])
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            #expect(try rig.total("a") == 5, "the message itself is known still")
        }
    }

    @Test(arguments: StoreKind.allCases)
    func retriedDeadLetterThatFailsAgainCountsItsAttempts(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", -7, id: "add-1")
            try rig.settle()
            for attempt in 2...3 {
                rig.command(RetryDeadLetters(head: .sample("retry-\(attempt)"), deadLetterIDs: [], all: true))
                try rig.settle()
                try rig.advance(by: .seconds(2))
                #expect(try rig.deadLetters() == ["add-1: amount: -7 is negative (\(attempt))"])
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func retriedDeadLetterMayWait(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", 5, id: "add-1")
            try rig.settle()
            try rig.advance(by: TrivialHandler.patience + .minutes(1))
            rig.command(RetryDeadLetters(head: .sample("retry-1"), deadLetterIDs: [], all: true))
            try rig.settle()
            try rig.advance(by: .seconds(2))
            #expect(try rig.deadLetters() == [])
            #expect(try rig.store.waiting().count == 1)
            rig.open("a")
            try rig.settle()
            #expect(try rig.total("a") == 5)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func discardedDeadLetterIsGone(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", -7, id: "add-1")
            rig.add("a", -8, id: "add-2")
            try rig.settle()
            let id = try #require(try rig.store.deadLetters().first?.id)
            rig.command(DiscardDeadLetters(head: .sample("discard-1"), deadLetterIDs: [id]))
            try rig.settle()
            #expect(try rig.deadLetters() == ["add-2: amount: -8 is negative (1)"])
        }
    }

    /// Whoever reads the dead letters' topic knows where a message lies, and not its number here.
    @Test(arguments: StoreKind.allCases)
    func deadLetterIsNamedByItsRecord(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.add("a", -7, id: "add-1")
            rig.add("a", -8, id: "add-2")
            try rig.settle()
            let places = try rig.store.deadLetters().map(\.place)
            rig.command(RetryDeadLetters(head: .sample("retry-1"), records: [places[0]]))
            try rig.settle()
            try rig.advance(by: .seconds(2))
            #expect(
                try Set(rig.deadLetters()) == [
                    "add-1: amount: -7 is negative (2)", "add-2: amount: -8 is negative (1)",
                ])
            rig.command(DiscardDeadLetters(head: .sample("discard-1"), records: [places[1]]))
            try rig.settle()
            #expect(try rig.deadLetters() == ["add-1: amount: -7 is negative (2)"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func commandsAreAnsweredOnce(_ kind: StoreKind) throws {
        try kind.with { rig in
            let before = try rig.store.journalCount()
            rig.command(RetryDeadLetters(head: .sample("retry-1"), deadLetterIDs: [], all: true))
            rig.command(RetryDeadLetters(head: .sample("retry-1"), deadLetterIDs: [], all: true))
            rig.command(DiscardDeadLetters(head: .sample("discard-1"), deadLetterIDs: []))
            try rig.settle()
            let answers = try rig.published(on: .commandResults(of: "test")).map {
                try CommandAnswered(JSONDocument.object($0.value ?? []))
            }
            #expect(answers.map(\.commandID).sorted() == ["discard-1", "retry-1"])
            #expect(answers.first { $0.commandID == "retry-1" }?.outcome == .accepted)
            let refused = answers.first { $0.commandID == "discard-1" }
            #expect(refused?.outcome == .refused)
            #expect(refused?.reason == "names no dead letters")
            #expect(try rig.store.journalCount() == before + 2)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func unreadableCommandIsADeadLetter(_ kind: StoreKind) throws {
        try kind.with { rig in
            rig.publish(
                Array("{}".utf8), type: RetryDeadLetters.type, on: .commands(of: "test"), key: "x", id: "retry-1")
            try rig.settle()
            #expect(try rig.deadLetters() == ["retry-1: commandId: is missing (1)"])
        }
    }
}

extension Rig {
    func command<C: HeadedCommand>(_ command: C) {
        publish(command, on: .commands(of: "test"), key: command.key, id: command.commandID)
    }
}

extension CommandHead {
    static func sample(_ id: String) -> CommandHead {
        CommandHead(commandID: id, actor: "olga", reason: "the cause is mended", issuedAt: .sample)
    }
}
