import Contracts
import Foundation
import Postgres
import Support
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
