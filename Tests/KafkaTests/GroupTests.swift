import Kafka
import Testing

/// What the callbacks of one consumer have seen.
private final class Seen {
    var assigned: [[TopicPartition]] = []
    var revoked: [[TopicPartition]] = []
    var beforeLeaving: () -> Void = {}
}

@Suite("Reading as a group")
struct GroupTests {
    let cluster: MockCluster
    let topic: String
    let group: String

    init() throws {
        cluster = try MockCluster()
        topic = uniqueName("group")
        group = uniqueName("group")
        try cluster.createTopic(topic, partitions: 2)
    }

    private var partitions: [TopicPartition] {
        (0..<2).map { TopicPartition(topic: topic, partition: $0) }
    }

    private func member(_ seen: Seen = Seen(), _ more: [String: String] = [:]) throws -> Consumer {
        let consumer = try Consumer.sample(
            cluster.bootstrapServers, group: group, more,
            onAssign: { seen.assigned.append($0) },
            onRevoke: {
                seen.beforeLeaving()
                seen.revoked.append($0)
            })
        try consumer.subscribe([topic])
        return consumer
    }

    @Test func nextMemberBeginsWhereTheLastCommitted() throws {
        try fill(cluster.bootstrapServers, partitions[0], with: (0..<10).map(String.init))
        let first = try member()
        #expect(try first.read(10).count == 10)
        try first.storeOffsets([partitions[0]: 4])
        try first.commit()
        #expect(try first.committed(partitions, timeoutMilliseconds: 5000) == [partitions[0]: 4])
        first.close()
        #expect(try member().read(1).map(\.text) == ["4"])
    }

    @Test func whatIsNotStoredIsNotCommitted() throws {
        try fill(cluster.bootstrapServers, partitions[0], with: ["one"])
        let first = try member()
        #expect(try first.read(1).count == 1)
        try first.commit()
        #expect(try first.committed(partitions, timeoutMilliseconds: 5000) == [:])
        first.close()
        #expect(try member().read(1).map(\.text) == ["one"])
    }

    @Test func storingForeignPartitionsChangesNothing() throws {
        let consumer = try member()
        _ = try consumer.read { !$0.assignment.isEmpty }
        try consumer.storeOffsets([TopicPartition(topic: "elsewhere", partition: 3): 4])
        try consumer.commit()
        try consumer.storeOffsets([TopicPartition(topic: "elsewhere", partition: 3): 4, partitions[1]: 0])
        try consumer.commit()
        #expect(try consumer.committed(partitions, timeoutMilliseconds: 5000) == [partitions[1]: 0])
    }

    @Test func revokedMemberCanStillCommitItsBatch() throws {
        try fill(cluster.bootstrapServers, partitions[0], with: ["one", "two"])
        let seen = Seen()
        let consumer = try member(seen)
        #expect(try consumer.read(2).count == 2)
        #expect(seen.assigned == [partitions])
        var lost: Bool?
        seen.beforeLeaving = { [partitions] in
            lost = consumer.isAssignmentLost
            #expect(throws: Never.self) {
                try consumer.storeOffsets([partitions[0]: 1])
                try consumer.commit()
            }
        }
        consumer.close()
        seen.beforeLeaving = {}
        #expect(lost == false)
        #expect(seen.revoked == [partitions])
        #expect(try member().read(1).map(\.text) == ["two"])
    }

    @Test(arguments: ["range", "cooperative-sticky"])
    func twoMembersShareThePartitions(strategy: String) throws {
        let seen = Seen()
        let first = try member(seen, ["partition.assignment.strategy": strategy])
        _ = try first.read { $0.assignment.count == 2 }
        let second = try member(Seen(), ["partition.assignment.strategy": strategy])
        let deadline = ContinuousClock.now + .seconds(20)
        while first.assignment.count != 1 || second.assignment.count != 1, ContinuousClock.now < deadline {
            _ = try first.poll(maximum: 10, timeoutMilliseconds: 20)
            _ = try second.poll(maximum: 10, timeoutMilliseconds: 20)
        }
        #expect((first.assignment + second.assignment).sorted() == partitions)
        #expect(seen.revoked.first?.count == (strategy == "range" ? 2 : 1))
    }

    @Test func recordsWaitingWhenTheirPartitionIsRevokedAreNotReturned() throws {
        try fill(cluster.bootstrapServers, partitions[0], with: (0..<10).map(String.init))
        let seen = Seen()
        let first = try member(seen)
        #expect(try first.read(1).map(\.text) == ["0"])
        let waiting = 9 + 2  // the records and both ends
        let second = try member()
        let deadline = ContinuousClock.now + .seconds(15)
        while first.queued <= waiting, ContinuousClock.now < deadline {
            _ = try second.poll(maximum: 10, timeoutMilliseconds: 20)
        }
        #expect(try first.poll(maximum: 100, timeoutMilliseconds: 0) == [])
        #expect(seen.revoked == [partitions])
        #expect(first.endReached == [])
    }

    @Test func droppedConsumerLeavesWithoutCallingBack() throws {
        let seen = Seen()
        do {
            let consumer = try member(seen)
            _ = try consumer.read { !$0.assignment.isEmpty }
        }
        #expect(seen.assigned.count == 1)
        #expect(seen.revoked == [])
    }

    @Test func commitToALostGroupSaysSo() throws {
        try fill(cluster.bootstrapServers, partitions[0], with: ["one"])
        let consumer = try member()
        #expect(try consumer.read(1).count == 1)
        try consumer.storeOffsets([partitions[0]: 1])
        cluster.failNext(.offsetCommit, with: [22])  // ILLEGAL_GENERATION
        let error = #expect(throws: KafkaError.self) { try consumer.commit() }
        #expect(error?.isAssignmentLost == true)
    }
}
