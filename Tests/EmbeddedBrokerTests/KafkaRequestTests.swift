import Testing

@testable import EmbeddedBroker

@Suite("Reading requests")
struct KafkaRequestTests {
    @Test(arguments: [Int16(2), 3, 7, 9])
    func produceTellsItsPartition(version: Int16) throws {
        let request = try KafkaRequest(
            KafkaFrames.produce(topic: "orders", partition: 3, batch: [1, 2], version: version))
        guard case .produce(let produce) = request.kind else {
            Issue.record("not a Produce: \(request.kind)")
            return
        }
        #expect(produce.partitions == .some([key("orders", 3)]))
        #expect(produce.expectsAnswer)
    }

    @Test func produceWithoutAcknowledgementExpectsNoAnswer() throws {
        let request = try KafkaRequest(KafkaFrames.produce(topic: "orders", batch: [1], acks: 0))
        guard case .produce(let produce) = request.kind else {
            Issue.record("not a Produce: \(request.kind)")
            return
        }
        #expect(!produce.expectsAnswer)
    }

    @Test(arguments: [Int16(4), 5, 7, 9, 11, 12])
    func fetchTellsItsPartitionAndWait(version: Int16) throws {
        let fetch = try fetch(KafkaFrames.fetch(topic: "orders", partition: 3, maximumWait: 250, version: version))
        #expect(fetch.partitions == .some([key("orders", 3)]))
        #expect(fetch.maximumWaitMilliseconds == 250)
    }

    @Test func laterFetchOfASessionReadsAnything() throws {
        #expect(try fetch(KafkaFrames.fetch(topic: "orders", sessionEpoch: 1)).partitions == .all)
    }

    @Test func truncatedFetchNeverWaits() throws {
        let whole = KafkaFrames.fetch(topic: "orders", maximumWait: 250)
        for length in 18..<whole.count - 6 {
            #expect(try fetch(Array(whole[..<length])).maximumWaitMilliseconds == 0)
        }
    }

    @Test func partitionsOfOneTopicDiffer() {
        #expect(key("orders", 0) != key("orders", 1))
        #expect(key("orders", 0) != key("stock", 0))
    }

    private func fetch(_ frame: [UInt8]) throws -> FetchRequest {
        guard case .fetch(let fetch) = try KafkaRequest(frame).kind else { throw MalformedFrame(offset: 0) }
        return fetch
    }

    private func key(_ topic: String, _ partition: Int32) -> PartitionKey {
        PartitionKey(topicHash: PartitionKey.topicHash(Array(topic.utf8)[...]), partition: partition)
    }
}
