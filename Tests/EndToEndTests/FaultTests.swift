import Contracts
import Foundation
import Postgres
import Support
import Testing

/// What goes wrong in a mall's days; in one suite with the demo, because each needs the machine to itself.
extension DemoTests {
    @Test(.timeLimit(.minutes(2)))
    func badOrdersBecomeDeadLettersThatNameFieldAndReasonAndTheGoodOnesGoThrough() throws {
        let stack = try Stack()
        try stack.publishReferences()
        var lines: [String] = []
        for (number, bad) in BadInput.cases.enumerated() {
            lines.append(BadInput.line("good-\(number)", BadInput.order("good-\(number)")))
            lines.append(BadInput.line("bad-\(bad.name)", bad.value("bad-\(bad.name)")))
        }
        lines.append(BadInput.line("good-last", BadInput.order("good-last")))
        #expect(try stack.publish(lines, on: "channel.orders.v1").status == 0)
        let connection = try Connection(stack.databaseURL)
        try stack.wait("every bad order is a dead letter") {
            try connection.query("SELECT count(*) FROM intake.dead_letters")[0].int64(0) == BadInput.cases.count
        }
        let verdicts = try connection.query(
            """
            SELECT convert_from(record_key, 'UTF8'), coalesce(field || ': ', '') || reason FROM intake.dead_letters
            """)
        let said = Dictionary(uniqueKeysWithValues: verdicts.map { ($0.text(0), $0.text(1)) })
        for bad in BadInput.cases {
            let words = said["web/bad-\(bad.name)"] ?? "nothing"
            #expect(words.hasPrefix(bad.verdict), "\(bad.name): \(words)")
        }
        try stack.wait("every good order is confirmed") {
            try connection.query(
                "SELECT count(*) FROM intake.outbox WHERE type = 'tributary.intake.orders.OrderConfirmed.v1'")[0]
                .int64(0) == BadInput.cases.count + 1
        }
        let tooLarge = BadInput.order(more: #","note":"\#(String(repeating: "x", count: 10_000_000))""#, "huge")
        let refused = try stack.publish(
            [BadInput.line("huge", tooLarge), BadInput.line("after", BadInput.order("after"))], on: "channel.orders.v1")
        #expect(refused.status == 65)
        #expect(refused.text.contains("1 published, 1 refused"))
        #expect(refused.text.contains("is above the broker's limit"))
        #expect(try PersonalData(stack).leaks() == [])
        try stack.ops("audit")
        try stack.stop()
    }

    @Test(.timeLimit(.minutes(3)))
    func servicesAskedToEndUnderLoadEndInTimeAndGoOnAfterwards() throws {
        let stack = try Stack()
        try stack.publishReferences()
        let count = 600
        let lines = (1...count).map { BadInput.line("o-\($0)", BadInput.order("o-\($0)")) }
        #expect(try stack.publish(lines, on: "channel.orders.v1").status == 0)
        let connection = try Connection(stack.databaseURL)
        func confirmed() throws -> Int64 {
            try connection.query(
                "SELECT count(*) FROM intake.outbox WHERE type = 'tributary.intake.orders.OrderConfirmed.v1'")[0]
                .int64(0)
        }
        try stack.wait("the load is under way") {
            try connection.query("SELECT count(*) FROM intake.orders")[0].int64(0) > 0
        }
        for service in Topic.services {
            let start = ContinuousClock.now
            #expect(stack.terminate(service) == 0, "\(service)")
            #expect(ContinuousClock.now - start < .seconds(20), "\(service)")
        }
        #expect(try confirmed() < count, "it was over before the end: no load")
        for service in Topic.services { try stack.start(service) }
        try stack.wait("every order is confirmed") { try confirmed() == count }
        try stack.ops("audit", "--wait", "60")
        #expect(
            try connection.query("SELECT count(*) FROM commission.orders")[0].int64(0) == count)
        try stack.stop()
    }
}

extension Stack {
    func publishReferences() throws {
        for (topic, line) in BadInput.references { #expect(try publish([line], on: topic).status == 0) }
        // An order that overtakes the stock is refused for lack of it, as it should be.
        let connection = try Connection(databaseURL)
        try wait("the stock has come") {
            try !connection.query("SELECT FROM inventory.stock_levels WHERE on_hand > 0").isEmpty
        }
    }

    /// Publishes lines with `ops publish`; answers its exit status and all it printed.
    func publish(_ lines: [String], on topic: String) throws -> (status: Int32, text: String) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("lines-\(UUID().uuidString).jsonl")
        try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }  // A left-over in /tmp harms nobody.
        return try attempt("publish", "--topic", topic, "--file", file.path)
    }

    /// Waits for a condition, at most a minute.
    func wait(_ what: String, until isTrue: () throws -> Bool) throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        while try !isTrue() {
            guard Date() < deadline else {
                throw Failure(description: "never: \(what)\n\(try ops("lag"))\n\(try attempt("summary").text)")
            }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }
}
