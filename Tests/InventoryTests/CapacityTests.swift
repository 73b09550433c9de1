import Contracts
import InventoryDomain
import Pipeline
import Support
import Testing

@testable import Inventory

/// Hangzhou is nearer to the orders, and can send two parcels a day.
@Suite("Parcels a warehouse can send in a day") struct CapacityTests {
    private static func mall(onHand: [String: Int64], backorder: Bool = false) throws -> Mall {
        let mall = try Mall(onHand: onHand, items: [.sample(backorder: backorder)])
        mall.harness.publish(CatalogWarehouse.sample(dailyParcels: 2), on: .catalogWarehouses, key: "hangzhou")
        try mall.harness.settle()
        return mall
    }

    private static func order(_ numbers: ClosedRange<Int>, _ mall: Mall, quantity: Int64 = 1) throws {
        for number in numbers {
            mall.harness.publish(
                OrderPlaced.sample(externalOrderID: "N-\(number)", lines: [.sample(quantity: quantity)]))
        }
        try mall.harness.settle()
    }

    private static func senders(_ mall: Mall) -> [String] {
        mall.harness.facts(StockReserved.self).map { $0.allocations.map(\.warehouse).joined(separator: "+") }
    }

    @Test func othersSendWhatADayHasNoRoomFor() throws {
        let mall = try Self.mall(onHand: ["hangzhou": 9, "beijing": 9])
        try Self.order(1...3, mall)
        #expect(Self.senders(mall) == ["hangzhou", "hangzhou", "beijing"])
        let rejected = mall.harness.facts(StockReserved.self).last?.routing.rejected
        #expect(rejected == ["hangzhou: is full today, 2 parcels"])
        try mall.audit()
    }

    @Test func nextDayHasRoomAgain() throws {
        let mall = try Self.mall(onHand: ["hangzhou": 9, "beijing": 9])
        try Self.order(1...3, mall)
        try mall.harness.advance(by: .days(1))
        try Self.order(4...6, mall)
        #expect(Self.senders(mall).suffix(3) == ["hangzhou", "hangzhou", "beijing"])
    }

    @Test func noOrderIsRefusedForWantOfRoom() throws {
        let mall = try Self.mall(onHand: ["hangzhou": 9, "beijing": 1])
        try Self.order(1...5, mall)
        #expect(Self.senders(mall) == ["hangzhou", "hangzhou", "beijing", "hangzhou", "hangzhou"])
        #expect(mall.harness.facts(StockRejected.self).isEmpty)
    }

    @Test func whatWasWaitedForGoesOutAndCounts() throws {
        let mall = try Self.mall(onHand: ["hangzhou": 1, "beijing": 5], backorder: true)
        try Self.order(1...1, mall, quantity: 7)
        mall.receive(5, id: "more")
        try mall.harness.settle()
        try mall.harness.advance(by: .seconds(1))
        #expect(mall.harness.facts(StockReserved.self).count == 1)
        try Self.order(2...2, mall)
        #expect(Self.senders(mall).last == "hangzhou")
    }
}
