public import Contracts

/// What a decision of inventory changes: an aggregate as it is afterwards.
public enum InventoryChange: Sendable {
    case reservation(Reservation)
    case stock(Stock)
    case workload(Workload)
    /// A movement is added and never changed.
    case movement(Movement)
    case repair(StockRepair)
    /// The counters of a SKU in a warehouse are what its books say.
    case settled(_ sku: String, _ warehouse: String)
    case sideRequest(SideRequest)
    case item(CatalogItem)
    case listing(CatalogListing)
    case warehouse(CatalogWarehouse)

    /// Puts the change into the state; total.
    public func apply(to state: inout State<InventoryAggregate>) {
        switch self {
        case .reservation(let reservation): state.set(.reservation(reservation.orderID), .reservation(reservation))
        case .stock(let stock): state.set(.stock(stock.sku), .stock(stock))
        case .workload(let workload): state.set(.workload(workload.warehouse), .workload(workload))
        case .movement(let movement): state.set(.movement(movement.name), .movement(movement))
        case .repair(let repair): state.set(.repair(repair.commandID), .repair(repair))
        case .settled(let sku, let warehouse): state.set(.difference(sku, warehouse), .difference(.none))
        case .sideRequest(let request): state.set(.sideRequest(request.kind, request.sku), .sideRequest(request))
        case .item(let item): state.set(.item(item.sku), .item(item))
        case .listing(let listing): state.set(.listing(listing.channel, listing.externalSku), .listing(listing))
        case .warehouse(let warehouse): Self.put(warehouse, into: &state)
        }
    }

    /// A warehouse stands by itself and in the list of all.
    private static func put(_ warehouse: CatalogWarehouse, into state: inout State<InventoryAggregate>) {
        state.set(.warehouse(warehouse.warehouse), .warehouse(warehouse))
        guard state.isLoaded(.warehouses) else { return }
        let others = state.warehouses.filter { $0.warehouse != warehouse.warehouse }
        state.set(.warehouses, .warehouses((others + [warehouse]).sorted { $0.warehouse < $1.warehouse }))
    }
}
