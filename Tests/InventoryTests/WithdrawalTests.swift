import Contracts
import InventoryDomain
import Pipeline
import Support
import Testing

@testable import Inventory

@Suite("Pieces that were refunded before they left")
struct WithdrawalTests {
    @Test func refundOfUnshippedPiecesFreesThem() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 3)]))
        for _ in 0..<2 { mall.harness.publish(Self.withdrawn(1, "hangzhou")) }
        try mall.harness.settle()
        #expect(mall.harness.facts(StockReleased.self).map(\.lines) == [[.sample()]])
        #expect(mall.stock()?.level("hangzhou").reserved == 2)
        try mall.audit()
    }

    /// Fulfilment says in whose parcel the piece was; the other warehouse's piece will leave.
    @Test(arguments: ["hangzhou", "beijing"])
    func piecesOfTheNamedWarehouseAreFreed(warehouse: String) throws {
        let mall = try Mall(onHand: ["hangzhou": 2, "beijing": 2])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 4)]))
        mall.harness.publish(Self.withdrawn(1, warehouse))
        try mall.harness.settle()
        #expect(mall.harness.facts(StockReleased.self).map(\.warehouse) == [warehouse])
        #expect(mall.stock()?.level(warehouse).reserved == 1)
        try mall.audit()
    }

    /// Fulfilment plans allocations from the first on: what nobody has planned yet will be missing at the last.
    @Test func piecesOfNoParcelAreTakenFromTheLastAllocation() throws {
        let mall = try Mall(onHand: ["hangzhou": 2, "beijing": 2])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 4)]))
        mall.harness.publish(Self.withdrawn(1))
        try mall.harness.settle()
        let last = mall.harness.facts(StockReserved.self).first?.allocations.last?.warehouse
        #expect(mall.harness.facts(StockReleased.self).map(\.warehouse) == [last])
        try mall.audit()
    }

    @Test func linesThatMayLeaveAgainFreeNothing() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 3)]))
        mall.harness.publish(
            LinesResumed(
                orderID: .sample, requestID: "\(OrderID.sample)-A1", lines: [LinePieces(lineID: "1", quantity: 3)]))
        try mall.harness.settle()
        #expect(mall.harness.facts(StockReleased.self).isEmpty)
        #expect(mall.stock()?.level("hangzhou") == StockLevel(onHand: 5, reserved: 3))
    }

    private static func withdrawn(_ quantity: Int64, _ warehouse: String? = nil) -> LinesResumed {
        LinesResumed(
            orderID: .sample, requestID: "\(OrderID.sample)-A1", lines: [],
            withdrawn: [.init(lineID: "1", quantity: quantity, warehouse: warehouse)])
    }

    @Test func bundleIsReservedPieceByPieceAndRefundedUnitByUnit() throws {
        let mall = try Mall(onHand: ["hangzhou": 9], items: [.sample(), .sample(sku: "SKU-2")])
        mall.receive(9, of: "SKU-2", id: "second")
        let listing = CatalogListing(
            channel: "wechat-mini", externalSku: "SET",
            components: [.init(sku: "SKU-1", quantity: 2), .init(sku: "SKU-2"), .init(sku: "SKU-1")])
        mall.harness.publish(listing, on: .catalogListings, key: "wechat-mini/SET")
        try mall.harness.settle()
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(sku: "SET", quantity: 2)]))
        mall.harness.publish(Self.withdrawn(1))
        try mall.harness.settle()
        let lines = mall.harness.facts(StockReserved.self).flatMap(\.allocations).flatMap(\.lines)
        #expect(lines == [.sample(quantity: 6), .sample(sku: "SKU-2", quantity: 2)])
        #expect(mall.stock()?.level("hangzhou").reserved == 3)
        #expect(mall.stock("SKU-2")?.level("hangzhou").reserved == 1)
        try mall.audit()
    }
}
