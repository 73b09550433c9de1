import Foundation
import Synchronization

/// A thread that blocks in C calls, awaited by the process's lifecycle without blocking its cooperative pool.
final class WorkerThread: Sendable {
    private struct Ending {
        var result: Result<Void, any Error>?
        var waiter: CheckedContinuation<Void, any Error>?
    }

    private let ending = Mutex(Ending())

    /// - Parameter body: Runs until it returns; the thread ends with it.
    init(name: String, _ body: @escaping @Sendable () throws -> Void) {
        let thread = Thread {
            let result = Result { try body() }
            let waiter = self.ending.withLock { ending in
                ending.result = result
                return ending.waiter
            }
            waiter?.resume(with: result)
        }
        thread.name = name
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Returns when the thread has ended, with the error it ended by.
    func finished() async throws {
        try await withCheckedThrowingContinuation { (waiter: CheckedContinuation<Void, any Error>) in
            let result = ending.withLock { ending -> Result<Void, any Error>? in
                if ending.result == nil { ending.waiter = waiter }
                return ending.result
            }
            if let result { waiter.resume(with: result) }
        }
    }
}

/// Wakes a thread that has nothing to do.
public final class WakeUp: Sendable {
    private let condition = NSCondition()
    private let isCalled = Atomic<Bool>(false)

    public init() {}

    public func call() {
        condition.lock()
        isCalled.store(true, ordering: .relaxed)
        condition.signal()
        condition.unlock()
    }

    /// Waits until called, or for so long.
    public func wait(milliseconds: Int) {
        condition.lock()
        let limit = Date(timeIntervalSinceNow: Double(milliseconds) / 1000)
        while !isCalled.load(ordering: .relaxed), condition.wait(until: limit) {}
        isCalled.store(false, ordering: .relaxed)
        condition.unlock()
    }
}
