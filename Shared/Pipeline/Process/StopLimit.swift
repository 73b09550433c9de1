import Foundation
import Logging
import ServiceLifecycle

/// Ends the process when its parts do not end in time: a client of a broker that stands still waits a minute for its
/// answer.
///
/// Nothing is lost by it: what is committed is committed, and what is not is read again.
struct StopLimit: Service {
    private static let seconds = 17.0

    func run() async throws {
        do { try await gracefulShutdown() } catch { return }  // Cancelled: something failed, and that ends the process.
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: Self.seconds)
            Logger(label: "process").warning("some parts do not end: leaving without them")
            _exit(0)
        }
    }
}
