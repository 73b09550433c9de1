public import Contracts

/// Everything inventory knows, one case per kind of aggregate.
public indirect enum InventoryAggregate: Sendable {
    case reservation(Reservation)
    case stock(Stock)
    case workload(Workload)
    case movement(Movement)
    case forecast(DemandForecast)
    case difference(StockDifference)
    case repair(StockRepair)
    case sideRequest(SideRequest)
    case item(CatalogItem)
    case listing(CatalogListing)
    case warehouse(CatalogWarehouse)
    /// All warehouses, in ascending order of their ids.
    case warehouses([CatalogWarehouse])
}

extension State<InventoryAggregate> {
    /// What an order asked for and got; `nil` before it was placed.
    public func reservation(_ orderID: OrderID) -> Reservation? {
        guard case .reservation(let reservation) = self[.reservation(orderID)] else { return nil }
        return reservation
    }

    /// `nil` for a SKU that was never stocked.
    public func stock(_ sku: String) -> Stock? {
        guard case .stock(let stock) = self[.stock(sku)] else { return nil }
        return stock
    }

    public func workload(_ warehouse: String) -> Workload? {
        guard case .workload(let workload) = self[.workload(warehouse)] else { return nil }
        return workload
    }

    public func movement(_ name: MovementName) -> Movement? {
        guard case .movement(let movement) = self[.movement(name)] else { return nil }
        return movement
    }

    /// `nil` for a SKU that never moved there.
    public func difference(_ sku: String, _ warehouse: String) -> StockDifference? {
        guard case .difference(let difference) = self[.difference(sku, warehouse)] else { return nil }
        return difference
    }

    public func forecast(_ sku: String) -> DemandForecast? {
        guard case .forecast(let forecast) = self[.forecast(sku)] else { return nil }
        return forecast
    }

    public func item(_ sku: String) -> CatalogItem? {
        guard case .item(let item) = self[.item(sku)] else { return nil }
        return item
    }

    public func listing(_ channel: String, _ sku: String) -> CatalogListing? {
        guard case .listing(let listing) = self[.listing(channel, sku)] else { return nil }
        return listing
    }

    public func warehouse(_ id: String) -> CatalogWarehouse? {
        guard case .warehouse(let warehouse) = self[.warehouse(id)] else { return nil }
        return warehouse
    }

    public var warehouses: [CatalogWarehouse] {
        guard case .warehouses(let warehouses) = self[.warehouses] else { return [] }
        return warehouses
    }
}
