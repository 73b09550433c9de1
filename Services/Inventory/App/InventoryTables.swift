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
        if let names = ids[Key.movementKind] {
            for movement in try MovementTable.load(names.compactMap(MovementName.init), in: transaction) {
                state.load(.movement(movement.name), .movement(movement))
            }
        }
    }

    func save(_ state: State<InventoryAggregate>, in transaction: borrowing Transaction) throws {
        var reservations: [Reservation] = []
        var stocks: [Stock] = []
        var movements: [Movement] = []
        var requests: [ForecastRequest] = []
        var references = ReferenceTable.Rows()
        for key in state.changed.sorted() {
            switch state[key] {
            case .reservation(let reservation): reservations.append(reservation)
            case .stock(let stock): stocks.append(stock)
            case .movement(let movement): movements.append(movement)
            case .forecastRequest(let request): requests.append(request)
            case .item(let item): references.items.append((item.sku, item.jsonBytes))
            case .listing(let listing): references.listings.append((key.id, listing.jsonBytes))
            case .warehouse(let warehouse): references.warehouses.append((warehouse.warehouse, warehouse.jsonBytes))
            // The list of all is the rows of `warehouses`; forecasts are never decided.
            case .warehouses, .forecast, nil: break
            }
        }
        try ReferenceTable.save(references, in: transaction)
        try ReservationTable.save(reservations, in: transaction)
        try StockTable.save(stocks, in: transaction)
        try MovementTable.save(movements, in: transaction)
        try ForecastTable.save(requests, in: transaction)
    }
}
