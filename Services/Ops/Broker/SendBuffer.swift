/// Bytes that wait for a socket to take them.
struct SendBuffer {
    private var bytes: [UInt8] = []
    private var start = 0

    var count: Int { bytes.count - start }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ frame: [UInt8]) {
        if start == bytes.count {
            bytes = frame
            start = 0
        } else {
            bytes.append(contentsOf: frame)
        }
    }

    /// Sends what the socket takes, at most `limit` bytes.
    ///
    /// - Returns: False when the other side is gone.
    mutating func send(to socket: Descriptor, atMost limit: Int) -> Bool {
        let end = start + min(count, limit)
        guard start < end else { return true }
        guard let sent = socket.send(bytes[start..<end]) else { return false }
        start += sent
        if start == bytes.count {
            bytes = []
            start = 0
        } else if start > Connection.maximumWaitingBytes {
            bytes.removeSubrange(0..<start)
            start = 0
        }
        return true
    }
}
