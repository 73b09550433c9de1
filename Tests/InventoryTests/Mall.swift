import Contracts
import InventoryDomain
import Pipeline
import Support
import Testing

@testable import Inventory

/// Inventory on memory with two warehouses and some stock of `SKU-1`.
struct Mall {
    let harness = ServiceHarness(InventoryHandler())

    /// - Parameter onHand: Pieces of `SKU-1` by warehouse.
    init(onHand: [String: Int64] = [:], items: [CatalogItem] = [.sample()]) throws {
        publishCatalog(items)
        for (warehouse, quantity) in onHand.sorted(by: { $0.key < $1.key }) {
            receive(quantity, at: warehouse, id: "first-\(warehouse)")
        }
        try harness.settle()
    }

    private func publishCatalog(_ items: [CatalogItem]) {
        for item in items { harness.publish(item, on: .catalogItems, key: item.sku) }
        let warehouses = [
            CatalogWarehouse.sample(),
            .sample(
                warehouse: "beijing", province: "北京市", city: "北京市", latitude: Degrees(microdegrees: 39_904_000),
                longitude: Degrees(microdegrees: 116_407_000), priority: 2),
        ]
        for warehouse in warehouses {
            harness.publish(warehouse, on: .catalogWarehouses, key: warehouse.warehouse)
        }
    }

    func receive(_ quantity: Int64, of sku: String = "SKU-1", at warehouse: String = "hangzhou", id: String) {
        let movement = WarehouseMovement.sample(
            movementID: id, warehouse: warehouse, sku: sku, quantity: quantity)
        move(movement)
    }

    func move(_ movement: WarehouseMovement) {
        harness.publish(movement, on: .warehouseMovements, key: movement.sku)
    }

    func stock(_ sku: String = "SKU-1") -> Stock? {
        guard case .stock(let stock) = harness.database.aggregates[.stock(sku)] else { return nil }
        return stock
    }

    func reservation(_ orderID: OrderID = .sample) -> Reservation? {
        guard case .reservation(let reservation) = harness.database.aggregates[.reservation(orderID)] else {
            return nil
        }
        return reservation
    }

    var faults: [String] { harness.database.deadLetters.map { "\($0.field ?? "-"): \($0.reason)" } }

    /// Checks the invariants I1, I2, I3 and I5 over everything there is.
    func audit(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let defects = Audit(harness.database.aggregates.values).defects
        #expect(defects == [], sourceLocation: sourceLocation)
    }
}
