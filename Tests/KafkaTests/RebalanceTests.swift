import Testing

@testable import Kafka

@Suite("Partitions revoked in the middle of a poll")
struct RebalanceTests {
    private let ours = TopicPartition(topic: "orders", partition: 0)
    private let taken = TopicPartition(topic: "orders", partition: 1)

    @Test func onlyMessagesFromBeforeTheRevocationAreStale() {
        let rebalance = Rebalance(onAssign: { _ in }, onRevoke: { _ in })
        rebalance.note(revocation: [taken], after: 3)
        #expect(rebalance.isStale(taken, at: 2))
        #expect(!rebalance.isStale(taken, at: 3))
        #expect(!rebalance.isStale(ours, at: 2))
    }

    @Test func nextPollBeginsAnew() {
        let rebalance = Rebalance(onAssign: { _ in }, onRevoke: { _ in })
        rebalance.note(revocation: [taken], after: 3)
        rebalance.beginPoll()
        #expect(!rebalance.hasRevocations)
        #expect(!rebalance.isStale(taken, at: 0))
    }

    /// As a consumer's that is being closed: librdkafka answers with nothing.
    @Test func clientWithoutAProtocolIsNoEnd() throws {
        let producer = try Producer(["bootstrap.servers": "127.0.0.1:1"])
        defer { producer.close() }
        let rebalance = Rebalance(onAssign: { _ in }, onRevoke: { _ in })
        #expect(try unsafe !rebalance.isCooperative(producer.client.open))
    }
}
