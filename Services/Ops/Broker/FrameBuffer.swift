/// Cuts a byte stream into Kafka frames: four bytes of length, big-endian, then that many bytes.
///
/// - Shape: holds at most one incomplete frame and what one read brought.
/// - Errors: `MalformedFrame` for a length below 0 or above `maximumFrameBytes`; the stream cannot be followed further.
struct FrameBuffer {
    /// Kafka's own default limit (`socket.request.max.bytes`).
    static let maximumFrameBytes = 104_857_600
    private static let keptCapacityBytes = 1 << 20

    private var bytes: [UInt8] = []
    private var start = 0

    mutating func append(_ chunk: ArraySlice<UInt8>) {
        bytes.append(contentsOf: chunk)
    }

    /// The next whole frame with its length in front, or nil while it has not arrived completely.
    mutating func next() throws(MalformedFrame) -> [UInt8]? {
        guard bytes.count - start >= 4 else { return forgetTaken() }
        // Read here: a `FrameReader` would share the bytes, and the next change would copy all of them.
        let length = Int(Int32(bitPattern: bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }))
        guard length >= 0, length <= Self.maximumFrameBytes else { throw MalformedFrame(offset: start) }
        let end = start + 4 + length
        guard bytes.count >= end else { return forgetTaken() }
        defer { start = end }
        return Array(bytes[start..<end])
    }

    private mutating func forgetTaken() -> [UInt8]? {
        if start == bytes.count && bytes.capacity > Self.keptCapacityBytes {
            bytes = []
        } else if start > 0 {
            bytes.removeSubrange(0..<start)
        }
        start = 0
        return nil
    }
}
