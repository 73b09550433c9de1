import Glibc
import Synchronization

/// Where the handler rings; -1 before it is installed.
private let strikerNumber = Atomic<Int32>(-1)

/// Turns SIGTERM and SIGINT into something a thread can wait for.
///
/// A handler is used rather than `sigwait`, which would need the signals blocked in every thread of the process. Made
/// once per process and never undone.
struct StopSignal {
    private let bell: Bell

    init() throws(BrokerError) {
        bell = try Bell()
        strikerNumber.store(bell.strikerNumber, ordering: .sequentiallyConsistent)
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { _ in
            let before = errno
            Bell.ring(strikerNumber.load(ordering: .sequentiallyConsistent))
            errno = before
        }
        for number in [SIGTERM, SIGINT] {
            guard unsafe sigaction(number, &action, nil) == 0 else {
                throw BrokerError("cannot handle signal \(number)", code: errno)
            }
        }
    }

    func wait() {
        // Bounded: until someone asks us to stop; the wait itself ends each hour, or early with the signal.
        while !bell.wait(for: .seconds(3600)) {}
    }
}
