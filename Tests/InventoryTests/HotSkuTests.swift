import Contracts
import InventoryDomain
import Pipeline
import Postgres
import Support
import Testing

@testable import Inventory

@Suite("Many lanes on one SKU")
struct HotSkuTests {
    private static let (offered, orders) = (Int64(700), 2000)

    /// Every order wants one piece of the hot SKU and one of another, so that lanes hold several locks.
    @Test(arguments: [false, true])
    func eightLanesSellExactlyWhatIsOffered(someAreCancelled: Bool) throws {
        try TestDatabase.withInventory { schema in
            let mall = try Mall()
            mall.receive(Self.offered - 200, id: "first")
            mall.receive(200, at: "beijing", id: "second")
            for sku in ["SKU-0", "SKU-2"] { mall.receive(2000, of: sku, id: "plenty") }
            try drain(lane(schema, mall.harness.broker, mall.harness.clock, partitions: nil, group: "stock"))
            publishOrders(to: mall, cancelling: someAreCancelled)
            let (broker, clock) = (mall.harness.broker, mall.harness.clock)
            let threads = (0..<8).map { member in
                OwnThread {
                    let members = Set((0..<Int32(12)).filter { $0 % 8 == Int32(member) })
                    try drain(lane(schema, broker, clock, partitions: members, group: "orders"))
                }
            }
            for thread in threads { try thread.join() }
            try checkSums(schema)
            if !someAreCancelled {
                #expect(try schema.number("SELECT count(*) FROM outbox WHERE type LIKE '%.StockReserved.v1'") == 700)
            }
        }
    }

    private func publishOrders(to mall: Mall, cancelling: Bool) {
        for number in 0..<Self.orders {
            let lines: [PlacedLine] = [.sample(), .sample("2", sku: number % 2 == 0 ? "SKU-0" : "SKU-2")]
            mall.harness.publish(OrderPlaced.sample(externalOrderID: "N-\(number)", lines: lines))
            guard cancelling, number % 3 == 0 else { continue }
            mall.harness.publish(
                OrderCancelled(orderID: .sample("N-\(number)"), reason: .buyer, cancelledAt: .sample, refundDue: 0))
        }
    }

    /// What was reserved and not released is what the stock holds back; every order had one answer.
    private func checkSums(_ schema: TestDatabase) throws {
        let reserved = try schema.number(
            "SELECT coalesce(sum(reserved), 0)::int8 FROM stock_levels WHERE sku = 'SKU-1'")
        let open = try schema.number(
            "SELECT coalesce(sum(quantity - shipped - released), 0)::int8 FROM reservations WHERE sku = 'SKU-1'")
        let said = try schema.number("SELECT count(*) FROM outbox WHERE type LIKE '%.StockReserved.v1'")
        let rejected = try schema.number("SELECT count(*) FROM outbox WHERE type LIKE '%.StockRejected.v1'")
        let released = try schema.number(
            "SELECT count(DISTINCT aggregateid) FROM outbox WHERE type LIKE '%.StockReleased.v1'")
        #expect(reserved == open)
        #expect(reserved <= Self.offered)
        #expect(said - released == reserved)
        #expect(said >= Self.offered)
        #expect(said + rejected == Int64(Self.orders))
        #expect(try schema.number("SELECT count(*) FROM dead_letters") == 0)
    }
}

private typealias InventoryLane = Lane<InventoryHandler, PostgresStore<InventoryTables>, MemorySource>

private func lane(
    _ schema: TestDatabase, _ broker: MemoryBroker, _ clock: ManualClock, partitions: Set<Int32>?, group: String
) -> InventoryLane {
    var options = LaneOptions()
    options.maximumBatch = 40
    return Lane(
        handler: InventoryHandler(),
        store: PostgresStore(url: schema.url, service: "inventory", tables: InventoryTables()),
        source: MemorySource(
            broker, group: group,
            topics: (InventoryHandler.referenceTopics + InventoryHandler.topics).map(\.name), partitions: partitions),
        clock: clock, options: options)
}

/// Steps until nothing is left, at most so often.
private func drain(_ lane: InventoryLane) throws {
    for _ in 0..<2000 where try lane.step().isIdle { return }
    Issue.record("the lane does not come to rest")
}
