import Testing

@testable import EmbeddedBroker

@Suite("Holding idle fetches")
struct ExchangeTests {
    private let now = ContinuousClock.now
    private var traffic = Traffic(port: 9_092, maximumHold: .milliseconds(500))
    private var consumer = Exchange()
    private var producer = Exchange()

    @Test mutating func emptyAnswerWaitsForTheRequestsMaxWait() {
        fetch(maximumWait: 200)
        answerFetch()
        #expect(consumer.answers.takeDue(at: now + .milliseconds(199)) == nil)
        #expect(consumer.answers.takeDue(at: now + .milliseconds(200)) == KafkaFrames.fetchAnswer())
    }

    @Test mutating func holdHasAnUpperLimit() {
        fetch(maximumWait: 60_000)
        answerFetch()
        #expect(consumer.answers.deadline == now + .milliseconds(500))
    }

    @Test mutating func writeToTheFetchedPartitionEndsTheHold() throws {
        fetch()
        answerFetch()
        try produce(topic: "orders")
        #expect(consumer.answers.deadline == now)
    }

    @Test(arguments: [("stock", Int32(0)), ("orders", 1)])
    mutating func writeElsewhereDoesNot(topic: String, partition: Int32) throws {
        fetch()
        answerFetch()
        try produce(topic: topic, partition: partition)
        #expect(consumer.answers.deadline == now + .milliseconds(500))
    }

    @Test mutating func writeBetweenRequestAndAnswerPreventsTheHold() throws {
        fetch()
        try produce(topic: "orders")
        answerFetch()
        #expect(consumer.answers.deadline == now)
    }

    @Test mutating func writeBeforeTheRequestDoesNot() throws {
        try produce(topic: "orders")
        fetch()
        answerFetch()
        #expect(consumer.answers.deadline == now + .milliseconds(500))
    }

    @Test mutating func endOfATransactionEndsEveryHold() {
        fetch()
        answerFetch()
        producer.note(request: KafkaFrames.other(26, correlationID: 4), traffic: &traffic)
        _ = producer.take(answer: KafkaFrames.answer(correlationID: 4), traffic: &traffic, at: now)
        wakeConsumer()
        #expect(consumer.answers.deadline == now)
    }

    @Test mutating func recordsAndErrorsPassAtOnce() {
        for frame in [KafkaFrames.fetchAnswer(records: [1]), KafkaFrames.fetchAnswer(error: 3)] {
            fetch()
            answerFetch(frame)
            #expect(consumer.answers.takeDue(at: now) == frame)
        }
    }

    @Test mutating func unknownVersionWaitsOneMillisecond() {
        fetch(version: 13)
        answerFetch(KafkaFrames.fetchAnswer(version: 12))
        #expect(consumer.answers.deadline == now + .milliseconds(1))
    }

    @Test mutating func newerAnswerEndsTheHoldAndComesAfter() {
        fetch()
        consumer.note(request: KafkaFrames.other(correlationID: 2), traffic: &traffic)
        answerFetch()
        let newer = KafkaFrames.answer(correlationID: 2)
        #expect(consumer.take(answer: newer, traffic: &traffic, at: now))
        #expect(consumer.answers.takeDue(at: now) == KafkaFrames.fetchAnswer())
        #expect(consumer.answers.takeDue(at: now) == newer)
        #expect(consumer.answers.byteCount == 0)
    }

    @Test mutating func lostAnswerStillWakesTheReaders() throws {
        fetch()
        answerFetch()
        traffic.faults.produceAnswersToDrop = 1
        producer.note(request: KafkaFrames.produce(topic: "orders", batch: [1]), traffic: &traffic)
        #expect(!producer.take(answer: KafkaFrames.answer(correlationID: 1), traffic: &traffic, at: now))
        wakeConsumer()
        #expect(consumer.answers.deadline == now)
        #expect(traffic.faults.produceAnswersToDrop == 0)
    }

    @Test mutating func requestsWithoutAnswerDoNotFillTheConnection() {
        let frame = KafkaFrames.produce(topic: "orders", batch: [1], acks: 0)
        for _ in 0..<Exchange.maximumPendingRequests { producer.note(request: frame, traffic: &traffic) }
        let isFullBefore = producer.isFull
        #expect(!isFullBefore)
        for id in 0..<Int32(Exchange.maximumPendingRequests) {
            producer.note(request: KafkaFrames.other(correlationID: id), traffic: &traffic)
        }
        let isFullAfter = producer.isFull
        #expect(isFullAfter)
    }

    private mutating func fetch(maximumWait: Int32 = 500, version: Int16 = 11) {
        let frame = KafkaFrames.fetch(topic: "orders", maximumWait: maximumWait, version: version)
        consumer.note(request: frame, traffic: &traffic)
    }

    private mutating func answerFetch(_ frame: [UInt8] = KafkaFrames.fetchAnswer()) {
        _ = consumer.take(answer: frame, traffic: &traffic, at: now)
        wakeConsumer()
    }

    private mutating func produce(topic: String, partition: Int32 = 0) throws {
        let frame = KafkaFrames.produce(topic: topic, partition: partition, batch: [1])
        producer.note(request: frame, traffic: &traffic)
        _ = producer.take(answer: KafkaFrames.answer(correlationID: 1), traffic: &traffic, at: now)
        wakeConsumer()
    }

    /// What the front does after each round.
    private mutating func wakeConsumer() {
        if let written = traffic.journal.takeUnreported() { consumer.answers.endHold(for: written) }
    }
}
