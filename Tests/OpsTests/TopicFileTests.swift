import Contracts
import Foundation
import Kafka
import Testing

@testable import Ops

@Suite("Topics file")
struct TopicFileTests {
    static func file() throws -> TopicFile {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try TopicFile(String(contentsOf: root.appending(path: "deploy/kafka/topics"), encoding: .utf8))
    }

    @Test func listsExactlyTheTopicsOfTheContracts() throws {
        #expect(Set(try Self.file().entries.map(\.name)) == Set(Topic.all.map(\.name)))
    }

    @Test func givesTwelvePartitionsToTopicsKeyedByOrderAndOneToKeptOnes() throws {
        let byOrder: Set<Topic> = [
            .channelOrders, .channelPayments, .channelAfterSales, .intakeOrders, .intakeParties, .inventoryStock,
            .fulfilmentShipments, .afterSalesCases, .afterSalesRefunds, .commissionEntries, .commands(of: "intake"),
            .commands(of: "fulfilment"), .commands(of: "after-sales"),
        ]
        let counts = Dictionary(uniqueKeysWithValues: try Self.file().entries.map { ($0.name, $0.partitions) })
        for topic in Topic.all {
            let isKept = topic.kind == .reference || topic == .operationsClock
            #expect(counts[topic.name] == (byOrder.contains(topic) ? 12 : isKept ? 1 : 3), "\(topic)")
        }
    }

    @Test func keepsReferenceDataForEver() throws {
        let kept = Set(Topic.all.filter { $0.kind == .reference }.map(\.name))
        for entry in try Self.file().entries where kept.contains(entry.name) {
            #expect(entry.retentionDays == nil && entry.cleanup == .delete, "\(entry.name)")
        }
    }

    @Test func compactsWhatIsOnlyTheNewestValue() throws {
        let compacted: Set<Topic> = [.intakeParties, .intakeBuyerKeys, .inventoryAvailability, .operationsClock]
        let found = try Self.file().entries.filter { $0.cleanup == .compact }
        #expect(Set(found.map(\.name)) == Set(compacted.map(\.name)))
    }

    @Test(arguments: ["a.v1 0 delete 30d", "a.v1 3 erase 30d", "a.v1 3 delete 30", "a.v1 3 delete", "a.v1 3 delete 0d"])
    func refusesALineItCannotRead(line: String) {
        #expect(throws: OpsFailure.self) { try TopicFile("# fine\n\(line)\n") }
    }

    @Test func refusesATopicThatStandsTwice() {
        #expect(throws: OpsFailure.self) { try TopicFile("a.v1 3 delete 30d\na.v1 3 delete 30d") }
    }

    @Test func refusesAnotherNumberOfPartitions() throws {
        let file = try TopicFile("a.v1 3 delete 30d\nb.v1 1 delete forever\nc.v1 2 delete 1d")
        let existing = [
            TopicDescription(name: "x-a.v1", partitionCount: 4), TopicDescription(name: "x-b.v1", partitionCount: 1),
        ]
        let plan = TopicPlan(file, existing: existing, prefix: "x-")
        #expect(plan.missing.map(\.name) == ["c.v1"])
        #expect(plan.present.map(\.name) == ["b.v1"])
        #expect(plan.refused.map(\.entry.name) == ["a.v1"])
    }
}
