import Testing

@testable import EmbeddedBroker

@Suite("Serving clients")
struct IdleFetchTests {
    @Test func idleFetchIsAnsweredAfterItsMaxWait() throws {
        try withBroker { broker in
            var client = try KafkaClient(port: broker.port)
            _ = try client.metadata(topic: "orders")
            let start = ContinuousClock.now
            let answer = try client.ask(KafkaFrames.fetch(topic: "orders", maximumWait: 300))
            #expect(ContinuousClock.now - start >= .milliseconds(300))
            #expect(FetchAnswer(answer, version: 11) == .empty)
        }
    }

    /// Each record is written while the consumer's fetch is on its way or held: 40 full waits would take 20 seconds.
    @Test func everyRecordArrivesAtOnceWhileFetchesAreHeld() throws {
        try withBroker { broker in
            var producer = try KafkaClient(port: broker.port)
            var consumer = try KafkaClient(port: broker.port)
            _ = try producer.metadata(topic: "orders")
            let start = ContinuousClock.now
            for number in 0..<40 {
                try consumer.send(KafkaFrames.fetch(topic: "orders", offset: Int64(number)))
                try producer.produce("order-\(number).", topic: "orders")
                let answer = try consumer.receive()
                if answer.contains(Array("order-\(number).".utf8)) { continue }
                try consumer.fetch(topic: "orders", until: "order-\(number).", offset: Int64(number))
            }
            #expect(ContinuousClock.now - start < .seconds(5))
        }
    }

    @Test func metadataNamesTheFront() throws {
        try withBroker { broker in
            var client = try KafkaClient(port: broker.port)
            var reader = try client.metadata(topic: "orders")
            #expect(try reader.integer(Int32.self) == 1)
            try reader.skip(4)
            _ = try reader.text(flexible: false)
            #expect(try reader.integer(Int32.self) == Int32(broker.port))
        }
    }

    @Test func coordinatorIsTheFront() throws {
        try withBroker { broker in
            var client = try KafkaClient(port: broker.port)
            var body = FrameWriter()
            body.text("group")
            let request = KafkaFrames.other(10, correlationID: 1, body: body.bytes)
            var reader = FrameReader(try client.ask(request), from: 8 + 2 + 4)
            _ = try reader.text(flexible: false)
            #expect(try reader.integer(Int32.self) == Int32(broker.port))
        }
    }

    /// A broker that never reads may cost the buffers of two connections and `maximumWaitingBytes`, not 64 MB.
    @Test func clientIsNotReadWhileTheBrokerDoesNotRead() throws {
        let broker = try LoopbackSocket.listen(port: 0)
        let brokerPort = try LoopbackSocket.port(of: broker)
        let front = try BrokerFront(port: 0) { brokerPort }
        try front.start()
        defer { front.stop() }
        let client = try LoopbackSocket.connect(port: front.port)
        let frame = KafkaFrames.other(correlationID: 1, body: [UInt8](repeating: 7, count: 1 << 20))

        let sent = send(frame, times: 64, to: client)
        #expect(sent > Connection.maximumWaitingBytes)
        #expect(sent < 40 << 20)

        #expect(broker.waitReadable(for: .seconds(10)))
        let upstream = try #require(LoopbackSocket.accept(from: broker))
        client.endSending()
        var received = 0
        var scratch = [UInt8](repeating: 0, count: 1 << 20)
        while upstream.waitReadable(for: .seconds(10)), case .bytes(let count) = upstream.receive(into: &scratch) {
            received += count
        }
        #expect(received == sent / frame.count * frame.count)
    }

    /// Sends until the socket takes nothing for half a second; the number of bytes it took.
    private func send(_ frame: [UInt8], times: Int, to socket: Descriptor) -> Int {
        var total = 0
        while total < frame.count * times {
            guard let count = socket.send(frame[(total % frame.count)...]) else { return total }
            total += count
            if count == 0 && !socket.waitWritable(for: .milliseconds(500)) { return total }
        }
        return total
    }
}
