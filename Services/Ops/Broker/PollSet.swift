import Glibc

/// One wait for sockets and time.
///
/// A descriptor that was closed meanwhile does no harm: its target is looked up by id afterwards.
struct PollSet {
    enum Target {
        case bell
        case listener
        case connection(Int, Connection.Side)
    }

    private var entries: [pollfd] = []
    private var targets: [Target] = []
    private var deadline: ContinuousClock.Instant?

    /// A descriptor nothing is wanted from is left out, or its hang-up would be reported without end.
    mutating func add(_ descriptor: Int32, _ target: Target, read: Bool, write: Bool = false) {
        let events = (read ? Int16(POLLIN) : 0) | (write ? Int16(POLLOUT) : 0)
        guard events != 0 else { return }
        entries.append(pollfd(fd: descriptor, events: events, revents: 0))
        targets.append(target)
    }

    mutating func wake(at instant: ContinuousClock.Instant?) {
        guard let instant else { return }
        deadline = min(deadline ?? instant, instant)
    }

    /// - Returns: What is ready; empty when the earliest time has come.
    mutating func wait() -> [Target] {
        let timeout = deadline.map { ($0 - .now).milliseconds } ?? -1
        guard unsafe poll(&entries, nfds_t(entries.count), timeout) > 0 else { return [] }
        return entries.indices.filter { entries[$0].revents != 0 }.map { targets[$0] }
    }
}
