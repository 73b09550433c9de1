import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Pipeline

@Suite("The limit of a stop") struct StopLimitTests {
    @Test func anAskedForStopThatHangsLeavesWithZero() async throws {
        let parts = HangingParts()
        let group = parts.group(besides: [])
        async let end: Void = group.run()
        while !parts.isRunning { await Task.yield() }
        await group.triggerGracefulShutdown()
        try await end
        #expect(parts.statuses == [0])
    }

    @Test func aFailureThatLeavesOthersHangingLeavesWithOne() async throws {
        let parts = HangingParts()
        await #expect(throws: FailingPart.Failure.self) {
            try await parts.group(besides: [FailingPart(parts: parts)]).run()
        }
        #expect(parts.statuses == [1])
    }
}

private struct FailingPart: Service {
    struct Failure: Error {}
    let parts: HangingParts

    func run() async throws {
        while !parts.isRunning { await Task.yield() }
        throw Failure()
    }
}

/// A part that does not end before the limit has had its say.
private final class HangingParts: Service {
    private struct State {
        var isRunning = false
        var statuses: [Int32] = []
    }

    private let state = Mutex(State())
    private let left = DispatchSemaphore(value: 0)

    var isRunning: Bool { state.withLock { $0.isRunning } }
    var statuses: [Int32] { state.withLock { $0.statuses } }

    func run() async throws {
        await withCheckedContinuation { continuation in
            state.withLock { $0.isRunning = true }
            Thread.detachNewThread { [left] in
                left.wait()
                continuation.resume()
            }
        }
    }

    func group(besides others: [any Service]) -> ServiceGroup {
        let limit = StopLimit(seconds: 0.01) { [self] status in
            state.withLock { $0.statuses.append(status) }
            left.signal()
        }
        // As in a process: a group stops its services from the last to the first.
        let services: [any Service] = [self] + others + [limit]
        return ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0, successTerminationBehavior: .ignore) },
                logger: Logger(label: "tests")))
    }
}
