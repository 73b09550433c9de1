import Testing

@testable import EmbeddedBroker

@Suite("Faults on demand")
struct FaultTests {
    @Test func cutClientsComeBackAndFindTheirRecords() throws {
        try withBroker { broker in
            var client = try KafkaClient(port: broker.port)
            _ = try client.metadata(topic: "orders")
            try client.produce("before the cut", topic: "orders")
            broker.front.cutAll()
            #expect(throws: KafkaClient.Ended.self) { try client.receiveSome() }
            var next = try KafkaClient(port: broker.port)
            try next.fetch(topic: "orders", until: "before the cut")
        }
    }

    @Test func refusedClientsAreClosedAtOnce() throws {
        try withBroker { broker in
            broker.front.refuse(true)
            var client = try KafkaClient(port: broker.port)
            #expect(throws: KafkaClient.Ended.self) { try client.receiveSome() }
            broker.front.refuse(false)
            var next = try KafkaClient(port: broker.port)
            _ = try next.metadata(topic: "orders")
        }
    }

    @Test func delayedAnswersComeLater() throws {
        try withBroker { broker in
            var client = try KafkaClient(port: broker.port)
            broker.front.delay(milliseconds: 150)
            let start = ContinuousClock.now
            _ = try client.metadata(topic: "orders")
            #expect(ContinuousClock.now - start >= .milliseconds(150))
        }
    }

    @Test func halfClosedClientsStillReachTheBroker() throws {
        try withBroker { broker in
            var client = try KafkaClient(port: broker.port)
            _ = try client.metadata(topic: "orders")
            broker.front.halfClose()
            #expect(throws: KafkaClient.Ended.self) { try client.receiveSome() }
            try client.send(KafkaFrames.produce(topic: "orders", batch: RecordBatch.make("after the end")))
            var next = try KafkaClient(port: broker.port)
            try next.fetch(topic: "orders", until: "after the end")
        }
    }

    @Test func lostProduceAnswerLeavesTheRecord() throws {
        try withBroker { broker in
            var client = try KafkaClient(port: broker.port)
            _ = try client.metadata(topic: "orders")
            broker.front.dropProduceAnswers(next: 1)
            #expect(throws: KafkaClient.Ended.self) { try client.produce("answer lost", topic: "orders") }
            var next = try KafkaClient(port: broker.port)
            try next.fetch(topic: "orders", until: "answer lost")
            try next.produce("answer kept", topic: "orders")
        }
    }

    @Test func connectionIsCutWithinAFrame() throws {
        try withBroker { broker in
            var client = try KafkaClient(port: broker.port)
            _ = try client.metadata(topic: "orders")
            broker.front.cutAfter(byteCount: 7)
            try client.send(KafkaFrames.other(18, correlationID: 1))
            var count = 0
            #expect(throws: KafkaClient.Ended.self) {
                while true { count += try client.receiveSome().count }
            }
            #expect(count == 7)
            var next = try KafkaClient(port: broker.port)
            _ = try next.metadata(topic: "orders")
        }
    }
}
