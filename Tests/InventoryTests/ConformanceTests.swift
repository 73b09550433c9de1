import Contracts
import InventoryDomain
import Pipeline
import Support
import Testing

@testable import Inventory

@Suite("Inventory in the pipeline") struct ConformanceTests {
    private static func id(_ number: Int) -> OrderID { .sample("WX-\(number)") }

    private static func placed(
        _ number: Int, _ sku: String = "SKU-1", _ quantity: Int64 = 2, reservation: Int64 = 1
    ) -> ConformanceStep {
        .fact(
            OrderPlaced.sample(
                externalOrderID: "WX-\(number)", reservation: reservation,
                lines: [.sample(sku: sku, quantity: quantity)]))
    }

    private static func moved(_ movement: WarehouseMovement) -> ConformanceStep {
        .message(movement, on: .warehouseMovements, key: movement.sku)
    }

    private static func reinstated(_ number: Int, as reservation: Int64) -> ConformanceStep {
        .fact(
            OrderReinstated(
                orderID: id(number), reservation: reservation, paymentID: "P", amount: 1, reinstatedAt: .sample))
    }

    private static func left(_ number: Int, _ lines: [LineQuantity]) -> ConformanceStep {
        .fact(ShipmentDispatched.sample(orderID: id(number), lines: lines))
    }

    private static func command(_ command: some HeadedCommand) -> ConformanceStep { .command(command, to: "inventory") }

    private static func head(_ commandID: String) -> CommandHead {
        CommandHead(commandID: commandID, actor: "user-1", reason: "asked", issuedAt: .sample)
    }

    /// Read before anything else, as at the start of the process.
    private static let references: [ConformanceStep] = [
        .message(CatalogItem.sample(safetyStock: 2), on: .catalogItems, key: "SKU-1"),
        .message(CatalogItem.sample(sku: "SKU-2", backorder: true), on: .catalogItems, key: "SKU-2"),
        .message(CatalogItem.sample(sku: "SKU-3", reorderPoint: 5), on: .catalogItems, key: "SKU-3"),
        .message(
            CatalogListing(channel: "wechat-mini", externalSku: "SET", components: [.init(sku: "SKU-1", quantity: 3)]),
            on: .catalogListings, key: "wechat-mini/SET"),
        .message(CatalogWarehouse.sample(), on: .catalogWarehouses, key: "hangzhou"),
        .pass(.zero),
    ]

    private static let supplies: [ConformanceStep] = [
        moved(.sample(quantity: 50)),
        moved(.sample(movementID: "WM-2", warehouse: "beijing", quantity: 20)),
        .message(
            CatalogWarehouse.sample(warehouse: "beijing", province: "北京市", city: "北京市", priority: 2),
            on: .catalogWarehouses, key: "beijing"),
        moved(.sample(movementID: "WM-3", kind: .ordered, quantity: 30, reference: "PO-1")),
        moved(.sample(movementID: "WM-4", kind: .scrapped, quantity: 100)),
        moved(.sample(movementID: "WM-5", sku: "SKU-2", quantity: 1)),
        moved(.sample(movementID: "WM-6", sku: "SKU-3", quantity: 10)),
        moved(.sample(movementID: "WM-7", warehouse: "nowhere", sku: "SKU-4")),
        .raw(Array(#"{"movementId":1}"#.utf8), type: WarehouseMovement.type, on: .warehouseMovements, key: "SKU-5"),
        .pass(.seconds(2)),
    ]

    /// 1 shipped, 2 a bundle, 3 brings its SKU low, 4 waits for goods, 5 without stock, 6 called off, 7 not matched yet,
    /// 8 refunded in part before it leaves. There is enough for all, so the first come does not take from the last.
    /// A piece that was refunded before it left.
    private static func withdrawn(_ number: Int) -> ConformanceStep {
        .fact(
            LinesResumed(
                orderID: id(number), requestID: "\(id(number))-A1", lines: [],
                withdrawn: [.init(lineID: "1", quantity: 1, warehouse: "hangzhou")]))
    }

    private static let orders: [ConformanceStep] = [
        placed(1), left(1, [.sample(quantity: 2)]),
        placed(2, "SET"),
        placed(3, "SKU-3", 6),
        placed(4, "SKU-2", 3),
        placed(5, "SKU-404", 1),
        placed(6, "SKU-1", 3),
        .fact(OrderCancelled(orderID: id(6), reason: .paymentTimeout, cancelledAt: .sample, refundDue: 0)),
        placed(7, "SET", 1, reservation: 0),
        placed(8, "SKU-1", 4),
        withdrawn(8),
        .pass(.seconds(2)),
    ]

    private static let afterwards: [ConformanceStep] = [
        moved(.sample(movementID: "WM-8", quantity: 30, reference: "PO-1")),
        moved(.sample(movementID: "WM-9", sku: "SKU-2", quantity: 5)),
        moved(.sample(movementID: "WM-10", sku: "SKU-3", quantity: 10)),
        reinstated(6, as: 2), reinstated(7, as: 1),
        .fact(
            CaseInspected(
                orderID: id(1), caseID: "\(id(1))-A1", warehouse: "beijing",
                lines: [InspectedLine(lineID: "1", sku: "SKU-1", quantity: 1, outcome: .restock)],
                inspectedAt: .sample, version: 4)),
        command(SetSafetyStock(head: head("C-1"), sku: "SKU-1", quantity: 4)),
        .pass(.seconds(2)),
        command(SetSafetyStock(head: head("C-2"), sku: "SKU-3", warehouse: "hangzhou", quantity: 1)),
        command(RepublishAvailability(head: head("C-3"), sku: "SKU-1")),
        command(SetChannelQuota(head: head("C-4"), sku: "SKU-2", channel: "nobody", quantity: 2)),
        left(4, [.sample(sku: "SKU-2", quantity: 3)]), left(6, [.sample(quantity: 3)]),
        left(5, [.sample(sku: "SKU-404")]),
        .pass(.minutes(1)),
    ]

    /// What is available is told at most once a second: which of the changes of a second are told depends on their order.
    @Test(arguments: ConformanceStore.allCases)
    func keepsThePipelinesPromises(_ store: ConformanceStore) throws {
        let conformance = Conformance(
            InventoryHandler(), InventoryTables(),
            migrations: InventorySchema.migrations,
            script: Self.references + Self.supplies + Self.orders + Self.afterwards,
            shuffles: store == .memory ? 20 : 3, orderedFacts: ["AvailabilityChanged"],
            summary: { CanonicalText.of($0, without: ["isStored", "isQueueChanged", "isQuotaEnded"]) })
        let failures = try conformance.failures(over: store)
        #expect(failures == [])
    }
}
