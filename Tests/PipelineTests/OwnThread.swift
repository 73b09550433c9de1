import Foundation
import Synchronization

/// Work on a thread of its own, because a lane blocks its caller.
final class OwnThread: Sendable {
    struct StillRunning: Error {}

    private let finished = DispatchSemaphore(value: 0)
    private let outcome = Mutex<Result<Void, any Error>>(.success(()))

    init(_ work: @escaping @Sendable () throws -> Void) {
        Thread.detachNewThread { [self] in
            let result = Result(catching: work)
            outcome.withLock { $0 = result }
            finished.signal()
        }
    }

    /// Waits at most 60 seconds and throws what the work has thrown.
    func join() throws {
        guard finished.wait(timeout: .now() + 60) == .success else { throw StillRunning() }
        try outcome.withLock { $0 }.get()
    }
}
