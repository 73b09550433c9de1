import Contracts
import Foundation
import Kafka
@testable import Pipeline
import Postgres
import Support
import Testing

/// All threads of a service over a real broker and a real database.
@Suite("A running service", .serialized) struct ProcessTests {
    /// Runs a test with fresh topics and a fresh schema.
    private static func with(_ body: (RunningService) throws -> Void) throws {
        let database = try TestDatabase([TrivialTables.migration])
        defer { database.drop() }
        let service = try RunningService(database, prefix: RunningService.uniquePrefix())
        try service.createTopics()
        try body(service)
        try service.deleteTopics()
    }

    private static let messages: [(topic: Topic, key: String, id: String, message: any Message)] =
        [(.testRules, "double", "rule-1", CounterRule("double", factor: 2))]
        + (1...10).map { (.testCounters, "c\($0)", "open-\($0)", OpenCounter("c\($0)", rule: "double")) }
        + (1...100).map { (.testAdds, "c\($0 % 10 + 1)", "add-\($0)", AddToCounter("c\($0 % 10 + 1)", 1)) }

    @Test func messagesBecomeFactsInOrderAndTheEndIsClean() throws {
        try Self.with { service in
            try service.publish(Self.messages)
            try service.run {
                let records = try service.read(.testTotals, 110)
                for counter in 1...10 {
                    let facts = try records.filter { $0.key == Array("c\(counter)".utf8) }.map {
                        try CounterChanged(JSONDocument.object($0.value ?? []))
                    }
                    #expect(facts.map(\.version) == Array(1...11))
                    #expect(facts.last?.total == 20)
                }
            }
            let connection = try service.database.connect()
            #expect(try connection.query("SELECT count(*) FROM lane_runs")[0].int64(0) == 0, "it said that it stopped")
            #expect(try connection.query("SELECT count(*) FROM outbox_unsent")[0].int64(0) == 0)
            #expect(try connection.query("SELECT count(*) FROM dead_letters")[0].int64(0) == 0)
        }
    }

    @Test func processTellsOfItselfOverHTTP() throws {
        try Self.with { service in
            try service.publish(Self.messages)
            let port = service.settings.httpPort
            try service.run {
                _ = try service.read(.testTotals, 110)
                #expect(try ask(port, "GET /livez HTTP/1.1\r\n\r\n").hasSuffix("\r\n\r\nalive\n"))
                #expect(try ask(port, "GET /readyz HTTP/1.1\r\n\r\n").contains(#""ready":true"#))
                #expect(try ask(port, "GET /version HTTP/1.1\r\n\r\n").hasSuffix(ProcessVersion.text + "\n"))
                try waitUntil {
                    let metrics = try ask(port, "GET /metrics HTTP/1.1\r\n\r\n")
                    return metrics.contains("tributary_outbox_sent_total{service=\"test\"} ")
                        && metrics.contains("tributary_messages_total{service=\"test\",outcome=\"handled\"} ")
                }
            }
        }
    }

    @Test func everyConnectionToTheDatabaseMayBeLost() throws {
        try Self.with { service in
            try service.publish(Self.messages)
            try service.run {
                _ = try service.read(.testTotals, 110)
                try service.database.endSessions(named: "%")
                try service.publish(
                    (1...10).map { (.testAdds, "c\($0)", "later-\($0)", AddToCounter("c\($0)", 5)) })
                _ = try service.read(.testTotals, 120)
                try waitUntil {
                    try ask(service.settings.httpPort, "GET /readyz HTTP/1.1\r\n\r\n").contains(#""ready":true"#)
                }
            }
            let connection = try service.database.connect()
            #expect(try connection.query("SELECT sum(total)::int8 FROM counters")[0].int64(0) == 300)
        }
    }

    @Test func secondRunGoesOnWhereTheFirstStopped() throws {
        try Self.with { service in
            try service.publish(Self.messages)
            try service.run { _ = try service.read(.testTotals, 110) }
            try service.publish([(.testAdds, "c1", "later", AddToCounter("c1", 5))])
            try service.run { _ = try service.read(.testTotals, 111) }
            let connection = try service.database.connect()
            #expect(try connection.query("SELECT total FROM counters WHERE name = 'c1'")[0].int64(0) == 30)
            #expect(try connection.query("SELECT count(*) FROM inbox")[0].int64(0) == 112)
        }
    }

    @Test func clockThatAnOperatorShiftsLetsTimersFire() throws {
        try Self.with { service in
            try service.publish(Self.messages)
            try service.run {
                _ = try service.read(.testTotals, 110)
                try service.publish([(.operationsClock, "clock", "shift-1", ShiftedClock(offsetMilliseconds: 90_000))])
                let facts = try service.read(.testTotals, 120).map {
                    try CounterChanged(JSONDocument.object($0.value ?? [])).what
                }
                #expect(facts.filter { $0 == .rested }.count == 10)
            }
        }
    }

    @Test func nothingIsDecidedBeforeTheShiftedClockIsKnown() throws {
        try Self.with { service in
            let tenDays: Int64 = 10 * 86_400_000
            try service.publish([(.operationsClock, "clock", "shift-1", ShiftedClock(offsetMilliseconds: tenDays))])
            try service.publish(Self.messages)
            try service.run { _ = try service.read(.testTotals, 110) }
            let connection = try service.database.connect()
            let early = try connection.query("SELECT count(*) FROM inbox WHERE decided_at < now() + interval '9 days'")
            #expect(early[0].int64(0) == 0)
        }
    }

    @Test func replayOfWhatIsKnownChangesNothingAndADryRunNeverDoes() throws {
        try Self.with { service in
            try service.publish(Self.messages)
            try service.run { _ = try service.read(.testTotals, 110) }
            try service.publish([(.testAdds, "c1", "new", AddToCounter("c1", 5))])
            let replay = Replay(handler: TrivialHandler(), tables: TrivialTables(), settings: service.settings)
            func handle(_ arguments: [String]) throws -> ReplayResult {
                try replay.run(ReplayRequest(["--topic", "test.adds.v1"] + arguments, topics: TrivialHandler.topics))
            }
            let rehearsed = try handle([])
            #expect(rehearsed.read == 101)
            #expect(rehearsed.report.known == 100 && rehearsed.report.facts == 1)
            #expect(try handle(["--key", "c1"]).read == 11)
            #expect(try handle(["--from", "1", "--until", "2"]).read <= 12)
            let live = try handle(["--mode", "live"])
            #expect(live.report.facts == 1, "the rehearsal has left no trace")
            #expect(try handle(["--mode", "live"]).report.facts == 0)
        }
    }

    @Test func replaySaysWhatTheBrokerNoLongerHas() throws {
        try Self.with { service in
            try service.publish((1...20).map { (.testAdds, "c1", "add-\($0)", AddToCounter("c1", 1)) })
            func gone(_ arguments: [String]) throws -> (count: Int64, text: String) {
                let request = try ReplayRequest(["--topic", Topic.testAdds.name] + arguments, topics: [.testAdds])
                let replay = Replay(handler: TrivialHandler(), tables: TrivialTables(), settings: service.settings)
                let result = try replay.run(request)
                return (result.gone, result.text(request))
            }
            #expect(try gone([]).count == 0)
            #expect(try !gone([]).text.contains("no longer"))
            try service.trim(.testAdds, of: "c1", before: 15)
            let whole = try gone([])
            #expect(whole.count == 15)
            #expect(whole.text.contains("5 records read"))
            #expect(whole.text.contains("the broker no longer has up to 15 older records of what was asked for"))
            #expect(try gone(["--from", "12"]).count == 3)
            #expect(try gone(["--from", "15"]).count == 0)
            #expect(try gone(["--from", "2020-01-01T00:00:00Z"]).count == 15)
            let future = try gone(["--from", "2100-01-01T00:00:00Z"])
            #expect(future.count == 0)
            #expect(future.text.contains("0 records read"))
        }
    }
}

/// As `ops clock advance` publishes it.
private struct ShiftedClock: Message {
    static let type = "tributary.operations.ClockShifted.v1"
    let offsetMilliseconds: Int64

    init(offsetMilliseconds: Int64) { self.offsetMilliseconds = offsetMilliseconds }
    init(_ json: JSONObject) throws(Fault) { offsetMilliseconds = try json.integer("offsetMilliseconds") }
    func write(to json: inout JSONWriter) { json.field("offsetMilliseconds", offsetMilliseconds) }
}
