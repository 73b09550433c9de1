import AfterSalesDomain
import Contracts
import FulfilmentDomain
import IntakeDomain
import InventoryDomain
import Kafka
import Pipeline
import Support
import Testing

@testable import Ops

/// An order whose goods another warehouse sends, through all five services.
@Suite("Another warehouse across the services")
struct MoveTests {
    private func shop(_ seed: Int, pieces: Int64 = 5) throws -> Shop {
        let shop = try Shop(seed: UInt64(seed), seed == 0 ? .calm : .storm)
        try shop.say(
            CatalogWarehouse.sample(warehouse: "shanghai", province: "上海市", city: "上海市", priority: 9),
            on: .catalogWarehouses, key: "shanghai")
        try shop.say(
            WarehouseMovement.sample(movementID: "WM-9", warehouse: "shanghai", quantity: pieces),
            on: .warehouseMovements, key: "SKU-1")
        return shop
    }

    private func move(_ shop: Shop) throws {
        let head = CommandHead(commandID: "move-1", actor: "anna", reason: "flood", issuedAt: shop.house.clock.now)
        try shop.say(
            ReplanOrder(head: head, orderID: .sample, warehouse: "shanghai"), on: .commands(of: "fulfilment"),
            key: OrderID.sample.text)
    }

    private func level(_ shop: Shop, _ warehouse: String) -> StockLevel? {
        shop.end.stocks["SKU-1"]?.levels[warehouse]
    }

    @Test(arguments: 0..<4) func theGoodsLeaveFromThere(seed: Int) throws {
        let shop = try shop(seed)
        try move(shop)
        try shop.pass(.hours(3))
        try shop.deliver()
        #expect(level(shop, "hangzhou") == StockLevel(onHand: 10))
        #expect(level(shop, "shanghai") == StockLevel(onHand: 3))
        try shop.pass(.days(20))
        #expect(shop.order?.state == .completed)
        #expect(shop.end.leftovers == [])
    }

    @Test(arguments: 0..<4) func withoutStockThereTheyLeaveFromHere(seed: Int) throws {
        let shop = try shop(seed, pieces: 1)
        try move(shop)
        try shop.pass(.hours(3))
        #expect(level(shop, "hangzhou") == StockLevel(onHand: 8))
        #expect(level(shop, "shanghai") == StockLevel(onHand: 1))
        #expect(shop.end.leftovers == [])
    }

    /// The carrier has the parcel already, and says so while inventory moves the goods, or thereafter: each piece leaves
    /// where its parcel left from.
    @Test(arguments: 0..<6) func theCarrierHasItAlready(seed: Int) throws {
        let shop = try shop(seed)
        let label = try #require(shop.end.parcels[.sample]?.shipments.first?.label)
        let head = CommandHead(commandID: "move-1", actor: "anna", reason: "flood", issuedAt: shop.house.clock.now)
        shop.house.publish([
            OutgoingRecord(
                ReplanOrder(head: head, orderID: .sample, warehouse: "shanghai"), on: .commands(of: "fulfilment"),
                key: OrderID.sample.text, id: "move")
        ])
        let scan = OutgoingRecord(
            CarrierScan(
                carrier: label.carrier, waybill: label.waybill, status: .pickedUp, occurredAt: shop.house.clock.now),
            on: .carrierScans, key: "\(label.carrier)/\(label.waybill)", id: "scan")
        try shop.house.settle { records in
            records.contains {
                $0.header("ce_type").map { String(decoding: $0, as: UTF8.self) } == ReallocationRequested.type
            }
                ? [scan] : []
        }
        try shop.pass(.hours(3))
        try shop.deliver()
        let gone = try #require(shop.end.parcels[.sample]?.shipments.last).warehouse
        #expect(level(shop, "hangzhou") == StockLevel(onHand: gone == "hangzhou" ? 8 : 10))
        #expect(level(shop, "shanghai") == StockLevel(onHand: gone == "hangzhou" ? 5 : 3))
        try shop.pass(.days(20))
        #expect(shop.order?.state == .completed)
        #expect(shop.end.leftovers == [])
    }

    /// The buyer takes a piece back while the goods move: none stays set aside for ever.
    @Test(arguments: 0..<4) func aRefundOnTheWayLosesNothing(seed: Int) throws {
        let shop = try shop(seed)
        try move(shop)
        try shop.request(.refund)
        try shop.pass(.hours(5))
        #expect(shop.firstCase?.outcome == .refunded)
        #expect(level(shop, "hangzhou") == StockLevel(onHand: 10))
        #expect(level(shop, "shanghai") == StockLevel(onHand: 4))
        #expect(shop.end.leftovers == [])
    }
}
