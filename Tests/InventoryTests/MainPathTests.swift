import Contracts
import InventoryDomain
import Support
import Testing

@testable import Inventory

@Suite("An order's stock from placing to shipping")
struct MainPathTests {
    @Test func placedOrderIsReserved() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 2)]))
        try mall.harness.settle()
        let reserved = try #require(mall.harness.facts(StockReserved.self).first)
        #expect(reserved.reservation == 1)
        #expect(reserved.allocations.map(\.warehouse) == ["hangzhou"])
        #expect(reserved.allocations[0].lines == [.sample(quantity: 2)])
        #expect(reserved.routing.parcels == 1)
        #expect(mall.stock("SKU-1")?.level("hangzhou") == StockLevel(onHand: 5, reserved: 2))
        try mall.audit()
    }

    @Test func orderAboveStockIsRejectedWhole() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        let lines: [PlacedLine] = [.sample("1", quantity: 2), .sample("2", sku: "SKU-2", quantity: 1)]
        mall.harness.publish(OrderPlaced.sample(lines: lines))
        try mall.harness.settle()
        let rejected = try #require(mall.harness.facts(StockRejected.self).first)
        #expect(rejected.shortages == [Shortage(sku: "SKU-2", wanted: 1, available: 0)])
        #expect(mall.stock("SKU-1")?.level("hangzhou").reserved == 0)
        try mall.audit()
    }

    @Test func shippedPiecesLeaveStockAndReservation() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 2)]))
        mall.harness.publish(ShipmentDispatched.sample(lines: [.sample(quantity: 2)]))
        try mall.harness.settle()
        #expect(mall.harness.facts(StockDeducted.self).map(\.lines) == [[.sample(quantity: 2)]])
        #expect(mall.harness.facts(StockMoved.self).map(\.quantity) == [5, -2])
        #expect(mall.harness.facts(StockMoved.self).map(\.balance) == [5, 3])
        #expect(mall.stock("SKU-1")?.level("hangzhou") == StockLevel(onHand: 3, reserved: 0))
        try mall.audit()
    }

    @Test func historicalOrderAsksForNothing() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.publish(OrderPlaced.sample(historical: true))
        try mall.harness.settle()
        #expect(mall.harness.facts(StockReserved.self).isEmpty)
        #expect(mall.reservation(.sample)?.standing == .historical)
        #expect(mall.stock()?.level("hangzhou") == StockLevel(onHand: 5))
    }
}
