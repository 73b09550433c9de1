import Contracts
import Foundation
import Kafka

/// Knows how far the services' groups have come, and drops what all of them have handled.
struct Trimmer {
    let admin: Admin
    let prefix: String
    let groups: [String]
    private let readers: [String: [String]] = [
        "channel.orders.v1": ["intake"], "intake.orders.v1": ["inventory", "fulfilment", "after-sales", "commission"],
        "inventory.stock.v1": ["intake"], "fulfilment.shipments.v1": ["intake", "inventory", "after-sales"],
        "commission.entries.v1": [], "inventory.movements.v1": [],
    ]

    init(servers: String, prefix: String, groups: [String]) throws {
        admin = try Admin(["bootstrap.servers": servers])
        self.prefix = prefix
        self.groups = groups
    }

    func awaitReferences() throws {
        for group in groups {
            let topics = Topic.all.filter { $0.kind == .reference }
            try awaitEnd(group + "-reference", topics, isPartial: true)
        }
    }

    func awaitIdle(_ topics: [Topic]) throws { try awaitEnd("inventory", topics, isPartial: false) }

    /// Waits until a group has committed the ends; topics it does not read are left out when `isPartial`.
    private func awaitEnd(_ group: String, _ topics: [Topic], isPartial: Bool) throws {
        let limit = Date(timeIntervalSinceNow: 120)
        for topic in topics {
            for place in try partitions(of: topic.name) {
                let end = try admin.watermarks(place, timeoutMilliseconds: 10_000).high
                guard end > 0 else { continue }
                if isPartial,
                    !Self.references(of: String(group.dropLast("-reference".count))).contains(topic)
                {
                    continue
                }
                while try admin.committedOffsets(group: prefix + group, [place], timeoutMilliseconds: 10_000)[place]
                    ?? 0 < end
                {
                    guard Date() < limit else {
                        throw KafkaError(code: -1, message: "\(group) does not reach the end of \(place)")
                    }
                    Thread.sleep(forTimeInterval: 0.05)
                }
            }
        }
    }

    func trim() throws {
        var before: [TopicPartition: Int64] = [:]
        for (topic, readers) in readers {
            let active = readers.filter(groups.contains)
            let places = try partitions(of: topic)
            guard !active.isEmpty else {
                for place in places { before[place] = try admin.watermarks(place, timeoutMilliseconds: 10_000).high }
                continue
            }
            for group in active {
                let committed = try admin.committedOffsets(group: prefix + group, places, timeoutMilliseconds: 10_000)
                for place in places { before[place] = min(before[place] ?? .max, committed[place] ?? 0) }
            }
        }
        before = before.filter { $0.value > 0 }
        if !before.isEmpty { _ = try admin.deleteRecords(before: before, timeoutMilliseconds: 10_000) }
    }

    private func partitions(of topic: String) throws -> [TopicPartition] {
        let count = try admin.metadata(topic: prefix + topic, timeoutMilliseconds: 10_000).first?.partitionCount ?? 0
        return (0..<Int32(count)).map { TopicPartition(topic: prefix + topic, partition: $0) }
    }

    private static func references(of service: String) -> [Topic] {
        switch service {
        case "intake": [.catalogChannels, .catalogItems, .catalogListings, .distributionMembers, .distributionBindings]
        case "inventory": [.catalogItems, .catalogWarehouses, .catalogListings]
        case "fulfilment": [.catalogItems, .catalogWarehouses, .catalogCarriers]
        case "after-sales": [.catalogChannels, .catalogItems]
        default: [.distributionMembers, .distributionPlans, .catalogItems]
        }
    }
}
