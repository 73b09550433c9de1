import Contracts
import Foundation
import Kafka

/// The orders of the chain benches: two lines, paid in the order, referred by a member with two uplines.
struct OrderFeed {
    static let skus = 500
    static let members = 300

    let producer: Producer
    let prefix: String

    init(servers: String, prefix: String) throws {
        producer = try Producer([
            "bootstrap.servers": servers, "linger.ms": "5", "queue.buffering.max.messages": "500000",
        ])
        self.prefix = prefix
    }

    /// Channel, warehouses, items, members and one plan of three levels.
    func references() throws {
        let start = Instant(milliseconds: 1_700_000_000_000)
        try send(
            CatalogChannel(
                channel: "bench", kind: .miniProgram, paymentTimeoutMinutes: 600, attributionMode: .lastClick,
                effectiveFrom: start), .catalogChannels, "bench")
        for (number, province) in ["浙江省", "广东省", "四川省"].enumerated() {
            let name = "W\(number)"
            try send(
                CatalogWarehouse(
                    warehouse: name, province: province, priority: Int64(number), handlingCost: 300,
                    costPerKgPer100Km: 45, effectiveFrom: start), .catalogWarehouses, name)
        }
        for number in 0..<Self.skus {
            let sku = "B-\(number)"
            try send(CatalogItem(sku: sku, weightGrams: 300, effectiveFrom: start), .catalogItems, sku)
        }
        for number in 0..<Self.members {
            let parent = number < 3 ? nil : "M\(number / 3)"
            try send(
                DistributionMember(
                    memberID: "M\(number)", parentID: parent, grade: "gold", joinedAt: start, effectiveFrom: start),
                .distributionMembers, "M\(number)")
        }
        let levels = [(1, 1000), (2, 500), (3, 200)].map { level, rate in
            DistributionPlan.Level(level: Int64(level), rates: [.init(.basisPoints(Int64(rate)))])
        }
        try send(
            DistributionPlan(
                planID: "bench", version: 1, effectiveFrom: start, levels: levels, poolCapBasisPoints: 3000,
                acknowledgeLevels: true), .distributionPlans, "bench")
        try flush()
    }

    func stock() throws {
        for number in 0..<Self.skus {
            for warehouse in 0..<3 {
                let sku = "B-\(number)"
                try send(
                    WarehouseMovement(
                        movementID: "R-\(number)-\(warehouse)", warehouse: "W\(warehouse)", sku: sku, kind: .received,
                        quantity: 10_000_000, occurredAt: Instant(milliseconds: 1_700_000_000_000)),
                    .warehouseMovements, sku)
            }
        }
        try flush()
    }

    func orders(_ numbers: Range<Int>, placedAt: Instant) throws {
        for number in numbers {
            let id = "E-\(number)"
            try send(Self.order(id, number, placedAt: placedAt), .channelOrders, "bench/\(id)")
        }
        try flush()
    }

    static func order(_ id: String, _ number: Int, placedAt: Instant) -> ChannelOrder {
        let lines = [
            ChannelOrder.Line(
                lineID: "1", sku: "B-\(number % Self.skus)", quantity: 2, unitPrice: 12_900, discount: 1000),
            ChannelOrder.Line(lineID: "2", sku: "B-\(number * 7 % Self.skus)", quantity: 1, unitPrice: 4_990),
        ]
        let total = lines.reduce(Int64(0)) { $0 + $1.quantity * $1.unitPrice - $1.discount } + 800 - 500
        return ChannelOrder(
            channel: "bench", externalOrderID: id, terminal: "mini-program", placedAt: placedAt,
            buyer: .init(externalBuyerID: "u-\(number % 5000)", name: "李雷", phone: "13800000000"),
            shipTo: .init(
                name: "李雷", phone: "13800000000", province: "浙江省", city: "杭州市", district: "西湖区",
                street: "文三路 1 号", postalCode: "310000"),
            referral: .init(code: "M\(100 + number % 200)", kind: .link, at: placedAt), lines: lines,
            orderDiscount: 500, freight: 800, total: total,
            payment: .init(
                paymentID: "P-\(id)", status: .succeeded, amount: total, method: "wechat-pay", paidAt: placedAt)
        )
    }

    private func send(_ message: some Message, _ topic: Topic, _ key: String) throws {
        while true {
            do throws(KafkaError) {
                return try producer.send(
                    topic: prefix + topic.name, key: Array(key.utf8), value: message.jsonBytes, headers: [], token: 0)
            } catch {
                guard error.isQueueFull else { throw error }
                _ = producer.poll(timeoutMilliseconds: 10)
            }
        }
    }

    private func flush() throws {
        guard producer.flush(timeoutMilliseconds: 60_000) else { throw KafkaError(code: -1, message: "not flushed") }
        _ = producer.poll(timeoutMilliseconds: 0)
    }
}
