import Contracts
import Foundation
import Kafka
import Pipeline
import Synchronization
import Testing

@Suite("Publishing what comes from outside")
struct InboundPublisherTests {
    private let broker = MemoryBroker(partitions: ["channel.orders.v1": 3])
    private let publisher = InboundPublisher(patience: .seconds(3600))
    private let health = Health()

    private func message(_ number: Int) -> OutsideMessage {
        OutsideMessage(
            topic: .channelOrders, key: "c/\(number)", value: [UInt8(number)],
            envelope: Envelope(id: "m-\(number)", type: "channel.order.v1", source: "/channels/c"))
    }

    /// Runs the publisher's thread while the body publishes.
    private func run<Result>(_ body: () async throws -> Result) async throws -> Result {
        health.started()
        let stop = StopFlag()
        let thread = OwnThread { [broker, publisher, health] in
            try publisher.run(stop, health: health) { MemorySink(broker) }
        }
        let result: Result
        do {
            result = try await body()
        } catch {
            stop.request()
            throw error
        }
        stop.request()
        try thread.join()
        return result
    }

    @Test func acknowledgedMessageIsOnItsTopic() async throws {
        let outcome = try await run { await publisher.publish(message(1)) }
        #expect(outcome == .acknowledged)
        let record = try #require(broker.records(of: "channel.orders.v1").first)
        #expect(record.key == Array("c/1".utf8))
        #expect(record.value == [1])
        #expect(record.headers.contains { $0.name == "ce_id" && $0.value == Array("m-1".utf8) })
    }

    @Test func endingIsARecordWithoutAValue() async throws {
        let envelope = Envelope(id: "m-1", type: "distribution.binding.v1", source: "/console")
        let outcome = try await run {
            await publisher.publish(OutsideMessage(ending: "c/1", on: .channelOrders, envelope: envelope))
        }
        #expect(outcome == .acknowledged)
        let record = try #require(broker.records(of: "channel.orders.v1").first)
        #expect(record.key == Array("c/1".utf8) && record.value == nil)
    }

    @Test(
        arguments: [
            (.refused, .unavailable("_")), (.answerLost, .unavailable("_")), (.tooLarge, .tooLarge),
            (.tooLargeForTheBroker, .tooLarge), (.fatal, .unavailable("_")),
        ] as [(MemoryBroker.SendFailure, PublishOutcome)])
    func failureIsToldAndTheNextOneGoesOn(failure: MemoryBroker.SendFailure, expected: PublishOutcome) async throws {
        broker.failNextSends([failure])
        let outcomes = try await run {
            [await publisher.publish(message(1)), await publisher.publish(message(2))]
        }
        if case .unavailable = expected {
            guard case .unavailable = outcomes[0] else {
                Issue.record("\(outcomes[0])")
                return
            }
        } else {
            #expect(outcomes[0] == expected)
        }
        #expect(outcomes[1] == .acknowledged)
        #expect(health.isReady, "the acknowledgement of the second one")
    }

    @Test func outageShowsUntilSomethingIsAcknowledged() async throws {
        broker.failNextSends([.refused])
        let states = try await run {
            _ = await publisher.publish(message(1))
            let during = health.isReady
            _ = await publisher.publish(message(2))
            return [during, health.isReady]
        }
        #expect(states == [false, true])
    }

    @Test func outageIsForgivenAfterAWhile() async throws {
        broker.failNextSends([.refused])
        let publisher = InboundPublisher(patience: .milliseconds(1))
        let stop = StopFlag()
        health.started()
        let thread = OwnThread { [broker, health] in try publisher.run(stop, health: health) { MemorySink(broker) } }
        guard case .unavailable = await publisher.publish(message(1)) else {
            Issue.record("was stored")
            return
        }
        let deadline = ContinuousClock.now + .seconds(30)
        while !health.isReady, .now < deadline { try await Task.sleep(for: .milliseconds(5)) }
        #expect(health.isReady)
        stop.request()
        try thread.join()
    }

    @Test func everybodyIsAnsweredAtTheEnd() async throws {
        _ = try await run { await publisher.publish(message(1)) }
        #expect(await publisher.publish(message(2)) == .unavailable("the service is stopping"))
        #expect(broker.records(of: "channel.orders.v1").count == 1)
    }

    @Test func manyAtOnceAreAllAnswered() async throws {
        let outcomes = try await run {
            await withTaskGroup(of: PublishOutcome.self) { group in
                for number in 0..<200 { group.addTask { await publisher.publish(message(number)) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(outcomes.count == 200)
        #expect(outcomes.allSatisfy { $0 == .acknowledged })
        #expect(broker.records(of: "channel.orders.v1").count == 200)
    }
}
