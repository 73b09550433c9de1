import Glibc

@testable import EmbeddedBroker

/// A Kafka client of a few hand-written requests on one connection.
struct KafkaClient {
    /// The front closed the connection.
    struct Ended: Error {}
    /// Nothing came for ten seconds.
    struct TimedOut: Error {}

    let socket: Descriptor
    private var received = FrameBuffer()
    private var scratch = [UInt8](repeating: 0, count: 65_536)

    init(port: UInt16) throws {
        socket = try LoopbackSocket.connect(port: port)
    }

    func send(_ frame: [UInt8]) throws {
        guard socket.send(frame[...]) == frame.count else { throw Ended() }
    }

    mutating func receive() throws -> [UInt8] {
        while true {
            if let frame = try received.next() { return frame }
            received.append(try receiveSome()[...])
        }
    }

    /// - Throws: `Ended` at the end of the stream.
    mutating func receiveSome() throws -> [UInt8] {
        guard socket.waitReadable(for: .seconds(10)) else { throw TimedOut() }
        guard case .bytes(let count) = socket.receive(into: &scratch) else { throw Ended() }
        return Array(scratch[..<count])
    }

    mutating func ask(_ frame: [UInt8]) throws -> [UInt8] {
        try send(frame)
        return try receive()
    }

    /// Metadata v1: makes the topic, too. The answer after its correlation id.
    mutating func metadata(topic: String) throws -> FrameReader {
        var body = FrameWriter()
        body.count(1)
        body.text(topic)
        return FrameReader(try ask(KafkaFrames.other(3, version: 1, correlationID: 1, body: body.bytes)), from: 8)
    }

    mutating func produce(_ value: String, topic: String) throws {
        _ = try ask(KafkaFrames.produce(topic: topic, batch: RecordBatch.make(value)))
    }

    /// Fetches until records come; the values are counted by looking for them in the answer.
    mutating func fetch(topic: String, until value: String, offset: Int64 = 0) throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            let answer = try ask(KafkaFrames.fetch(topic: topic, offset: offset))
            if answer.contains(Array(value.utf8)) { return }
        }
        throw TimedOut()
    }
}

extension Descriptor {
    /// Waits until there is room to write.
    func waitWritable(for limit: Duration) -> Bool {
        var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        return unsafe poll(&entry, 1, limit.milliseconds) > 0
    }
}
