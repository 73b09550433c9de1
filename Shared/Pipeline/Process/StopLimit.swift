import Foundation
import Logging
import ServiceLifecycle

/// Ends the process when its parts do not end in time: a client of a broker that stands still waits a minute for its
/// answer.
///
/// Nothing is lost by it: what is committed is committed, and what is not is read again.
struct StopLimit: Service {
    var seconds = 17.0
    /// Ends the process with a status: 0 when it was asked to stop, 1 when a part had failed.
    var leave: @Sendable (Int32) -> Void = { _exit($0) }

    func run() async throws {
        var status: Int32 = 0
        // Cancelled: something failed, and that ends the rest.
        do { try await gracefulShutdown() } catch { status = 1 }
        Thread.detachNewThread { [seconds, leave, status] in
            Thread.sleep(forTimeInterval: seconds)
            Logger(label: "process").warning("some parts do not end: leaving without them")
            leave(status)
        }
    }
}
