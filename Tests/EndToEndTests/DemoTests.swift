import Contracts
import Foundation
import Postgres
import Synchronization
import Testing

/// The demo on real processes, a real broker and a real database.
@Suite("The whole house", .serialized)
struct DemoTests {
    @Test(.timeLimit(.minutes(10)))
    func aRunWithKilledServicesEndsLikeOneWithout() throws {
        let orders = try DemoFile.write(count: 150)
        defer { try? FileManager.default.removeItem(at: orders) }
        let calm = try run(orders, kills: false)
        #expect(calm.orders.count == 150)
        #expect(!calm.commission.isEmpty)
        let disturbed = try run(orders, kills: true)
        #expect(disturbed.differences(from: calm) == [])
    }

    @Test(.timeLimit(.minutes(3)))
    func everyServiceEndsWithStatusZeroWhenAsked() throws {
        let stack = try Stack()
        for service in Topic.services {
            try stack.awaitStarted(service)
            let status = stack.terminate(service)
            let said = status == 0 ? "" : try stack.end(of: service)
            #expect(status == 0, "\(service) said: \(said)")
        }
        try stack.stop()
    }

    /// One run to its end, audited; with kills a random service dies every two seconds.
    private func run(_ orders: URL, kills: Bool) throws -> EndState {
        let stack = try Stack()
        let killer = kills ? Killer(stack, seed: 7) : nil
        let result = Result {
            try stack.ops("simulate", "--orders", orders.path, "--limit", "150", "--seed", "3")
        }
        killer?.stop()
        _ = try result.get()
        try stack.ops("audit")
        let personalData = try PersonalData(stack)
        #expect(try personalData.rowsOfIntake() == 150)
        #expect(try personalData.leaks() == [])
        let sealed = try personalData.unopened()
        #expect(sealed.checked == 150 && sealed.orders == [])
        if kills {
            let shadow = try ShadowReplay(stack).run()
            #expect(shadow.handled > 600, "too short a journal to mean anything")
            #expect(shadow.differences == [])
        }
        let state = try EndState(Connection(stack.databaseURL))
        if let killer { #expect(killer.count >= 3, "too few kills to mean anything") }
        try stack.stop()
        return state
    }
}

/// Kills a random service every two seconds until told to stop.
final class Killer: Sendable {
    private let isStopping = Atomic<Bool>(false)
    private let kills = Atomic<Int>(0)

    var count: Int { kills.load(ordering: .relaxed) }

    init(_ stack: Stack, seed: UInt64) {
        Thread.detachNewThread { [self] in
            var state = seed
            var next = Date(timeIntervalSinceNow: 2)
            while !isStopping.load(ordering: .acquiring) {
                Thread.sleep(forTimeInterval: 0.05)
                guard Date() >= next else { continue }
                next = Date(timeIntervalSinceNow: 2)
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                stack.kill(Topic.services[Int(state >> 33) % Topic.services.count])
                kills.add(1, ordering: .relaxed)
            }
        }
    }

    func stop() { isStopping.store(true, ordering: .releasing) }
}

/// Purchases in the layout of the CDNOW data set.
enum DemoFile {
    static func write(count: Int) throws -> URL {
        var text = "CUSTOMER DATE PIECES DOLLARS\r\n"
        var state: UInt64 = 11
        func random(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        for number in 0..<count {
            let pieces = random(4) + 1
            let cents = pieces * [1177, 1299, 1397, 799, 2499][Int(random(5))] + random(3)
            let customer = String(repeating: "0", count: 5 - String(number / 3 + 1).count) + String(number / 3 + 1)
            let day = 10 + random(19)
            let amount = "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
            text +=
                " \(customer) 199701\(day) \(pieces < 10 ? " " : "")\(pieces)\(String(repeating: " ", count: 7 - amount.count))\(amount)\r\n"
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("orders-\(UUID().uuidString).txt")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file
    }
}
