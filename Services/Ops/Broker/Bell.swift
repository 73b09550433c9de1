import Glibc

/// Wakes a thread that waits in `poll`; a ring before the wait is not lost.
///
/// It is a non-blocking socket pair, for writing to one is allowed in a signal handler (signal-safety(7)).
struct Bell: Sendable {
    let descriptor: Descriptor
    private let striker: Descriptor

    init() throws(BrokerError) {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        var ends: [Int32] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw BrokerError("cannot open a socket pair", code: errno)
        }
        descriptor = Descriptor(ends[0])
        striker = Descriptor(ends[1])
    }

    /// What a signal handler passes to `ring`.
    var strikerNumber: Int32 { striker.number }

    func ring() {
        Self.ring(striker.number)
    }

    /// Rings by number, for the signal handler. It fails only when the pair is full, and then it rings already.
    static func ring(_ number: Int32) {
        var byte: UInt8 = 1
        _ = unsafe write(number, &byte, 1)
    }

    func silence() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        _ = unsafe read(descriptor.number, &bytes, bytes.count)
    }

    /// - Returns: Whether it rang in time; it stays ringing.
    func wait(for limit: Duration) -> Bool {
        descriptor.waitReadable(for: limit)
    }
}
