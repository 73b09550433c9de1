import Contracts
import InventoryDomain
import Pipeline
import Postgres

/// Inventory's tables, in the order of their locks: orders, stock, then movements; reference rows without a lock.
struct InventoryTables: Tables {
    func load(
        _ keys: [Key], into state: inout State<InventoryAggregate>, in transaction: borrowing Transaction
    ) throws {
        let ids = Dictionary(grouping: keys, by: \.kind).mapValues { $0.map(\.id) }
        try ReferenceTable.load(ids, into: &state, in: transaction)
        if let orderIDs = ids[Key.reservationKind] {
            for reservation in try ReservationTable.load(orderIDs, in: transaction) {
                state.load(.reservation(reservation.orderID), .reservation(reservation))
            }
        }
        if let skus = ids[Key.stockKind] {
            for stock in try StockTable.load(skus, in: transaction) { state.load(.stock(stock.sku), .stock(stock)) }
        }
        if let warehouses = ids[Key.workloadKind] {
            for workload in try WorkloadTable.load(warehouses, in: transaction) {
                state.load(.workload(workload.warehouse), .workload(workload))
            }
        }
        let places = keys.filter { $0.kind == Key.differenceKind }.compactMap(\.stockPlace)
        for (sku, warehouse, difference) in try RepairTable.differences(places, in: transaction) {
            state.load(.difference(sku, warehouse), .difference(difference))
        }
        if let names = ids[Key.movementKind] {
            for movement in try MovementTable.load(names.compactMap(MovementName.init), in: transaction) {
                state.load(.movement(movement.name), .movement(movement))
            }
        }
    }

    func save(_ state: State<InventoryAggregate>, in transaction: borrowing Transaction) throws {
        var reservations: [Reservation] = []
        var stocks: [Stock] = []
        var workloads: [Workload] = []
        var movements: [Movement] = []
        var requests: [SideRequest] = []
        var repairs: [StockRepair] = []
        var references = ReferenceTable.Rows()
        for key in state.changed.sorted() {
            switch state[key] {
            case .reservation(let reservation): reservations.append(reservation)
            case .stock(let stock): stocks.append(stock)
            case .workload(let workload): workloads.append(workload)
            case .movement(let movement): movements.append(movement)
            case .sideRequest(let request): requests.append(request)
            case .repair(let repair): repairs.append(repair)
            case .item(let item): references.items.append((item.sku, item.jsonBytes))
            case .listing(let listing): references.listings.append((key.id, listing.jsonBytes))
            case .warehouse(let warehouse): references.warehouses.append((warehouse.warehouse, warehouse.jsonBytes))
            // What is made of other rows, and forecasts, which are never decided.
            case .warehouses, .difference, .forecast, nil: break
            }
        }
        try ReferenceTable.save(references, in: transaction)
        try ReservationTable.save(reservations, in: transaction)
        try StockTable.save(stocks, in: transaction)
        try WorkloadTable.save(workloads, in: transaction)
        try MovementTable.save(movements, in: transaction)
        try RepairTable.save(repairs, in: transaction)
        try SideRequestTable.save(requests, in: transaction)
    }
}
