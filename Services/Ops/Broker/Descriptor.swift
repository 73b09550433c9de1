import Glibc

/// A file descriptor that is closed with its last owner.
final class Descriptor: Sendable {
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit {
        close(number)
    }

    enum Received: Equatable {
        case bytes(Int)
        case nothingYet
        case end
        case failed
    }

    /// Receives what is there, at most what `buffer` holds.
    func receive(into buffer: inout [UInt8]) -> Received {
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(number, $0.baseAddress, $0.count, 0) }
        if count > 0 { return .bytes(count) }
        if count == 0 { return .end }
        return errno == EAGAIN || errno == EINTR ? .nothingYet : .failed
    }

    /// Sends what fits now; nil when the other side is gone.
    func send(_ bytes: ArraySlice<UInt8>) -> Int? {
        let count = unsafe bytes.withUnsafeBytes {
            unsafe Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count >= 0 { return count }
        return errno == EAGAIN || errno == EINTR ? 0 : nil
    }

    /// Ends our side of the stream; what was sent still arrives.
    func endSending() {
        shutdown(number, Int32(SHUT_WR))
    }

    /// Waits until there is something to read.
    ///
    /// - Returns: False when the time passed without.
    func waitReadable(for limit: Duration) -> Bool {
        var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, limit.milliseconds) > 0
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, for `poll`; at most one hour.
    var milliseconds: Int32 {
        let milliseconds = (self / .milliseconds(1)).rounded(.up)
        return Int32(min(max(milliseconds, 0), 3_600_000))
    }
}
