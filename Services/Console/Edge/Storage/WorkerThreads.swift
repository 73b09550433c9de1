import Foundation
import Synchronization

/// A few threads for work that blocks, each with a tool of its own; whoever waits for them blocks nothing.
///
/// - Shape: at most `limit` jobs wait; a further one is answered `SiteProblem.busy` at once.
final class WorkerThreads<Tool>: Sendable {
    private typealias Job = @Sendable (inout Tool) -> Void

    private struct State {
        var jobs: [Job] = []
        var isOpen = true
    }

    private let state = Mutex(State())
    private let arrivals = DispatchSemaphore(value: 0)
    private let count: Int
    private let limit: Int

    init(name: String, count: Int, limit: Int, makeTool: @escaping @Sendable () -> Tool) {
        self.count = count
        self.limit = limit
        for number in 0..<count {
            let thread = Thread { self.work(with: makeTool()) }
            thread.name = "\(name)-\(number)"
            thread.stackSize = 1 << 20
            thread.start()
        }
    }

    func run<Value: Sendable>(_ body: @escaping @Sendable (inout Tool) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { (answer: CheckedContinuation<Value, any Error>) in
            let isTaken = state.withLock { state in
                guard state.isOpen, state.jobs.count < limit else { return false }
                state.jobs.append { tool in answer.resume(with: Result { try body(&tool) }) }
                return true
            }
            if isTaken { arrivals.signal() } else { answer.resume(throwing: SiteProblem.busy) }
        }
    }

    /// Ends the threads once what waits is done.
    func close() {
        state.withLock { $0.isOpen = false }
        for _ in 0..<count { arrivals.signal() }
    }

    /// A signal without a job is the one that `close` sends.
    private func work(with tool: Tool) {
        var tool = tool
        while true {
            arrivals.wait()
            guard let job = state.withLock({ $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }) else { return }
            job(&tool)
        }
    }
}
