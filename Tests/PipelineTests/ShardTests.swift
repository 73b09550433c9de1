import Contracts
import Kafka
@testable import Pipeline
import Support
import Testing

@Suite("Shards of timers and waits") struct ShardTests {
    @Test(arguments: [1, 3, 5, 6, 12, 24, 50])
    func everyShardHasOneLaneWhateverTheTopicsPartitions(_ partitions: Int) {
        let broker = MemoryBroker(partitions: ["wide": partitions, "narrow": min(partitions, 3)])
        for laneCount in 1...4 {
            let owned = (0..<laneCount).flatMap { lane in
                let numbers = (0..<Int32(partitions)).filter { Int($0) % laneCount == lane }
                return MemorySource(broker, group: "g", topics: ["narrow", "wide"], partitions: Set(numbers)).shards
            }
            #expect(owned.sorted() == Array(0..<12), "\(laneCount) lanes")
        }
    }

    @Test func withTwelvePartitionsALaneLooksAfterTheKeysItReads() {
        let broker = MemoryBroker(partitions: ["wide": 12])
        #expect(MemorySource(broker, group: "g", topics: ["wide"], partitions: [1, 7, 11]).shards == [1, 7, 11])
    }

    @Test(arguments: [3, 6, 24])
    func timersFireAndWaitsEndOnTopicsOfAnyWidth(_ partitions: Int) throws {
        let handler = TrivialHandler()
        let rig = ServiceRig(handler, MemoryPlace(handler), partitions: partitions)
        let names = (1...30).map { "c\($0)" }
        for name in names {
            rig.open(name)
            rig.add(name, 1, id: "add-\(name)")
            rig.add("missing-\(name)", 1, id: "lost-\(name)")
        }
        try rig.settle()
        try rig.advance(by: TrivialHandler.restsAfter + .seconds(1))
        for name in names { #expect(try rig.story(name) == ["opened 0", "added 1", "rested 1"]) }
        try rig.advance(by: TrivialHandler.patience)
        #expect(try rig.store.waiting() == [])
        #expect(try rig.deadLetters().count == 30)
    }
}
