import Contracts
import FulfilmentDomain
import Pipeline
import Postgres

/// Fulfilment's tables, each in its own file; an order is locked by its row in `orders`, and all else is read after.
struct FulfilmentTables: Tables {
    func load(
        _ keys: [Key], into state: inout State<FulfilmentAggregate>, in transaction: borrowing Transaction
    ) throws {
        var ids: [Key.Kind: [String]] = [:]
        for key in keys { ids[key.kind, default: []].append(key.id) }
        for item in try ItemsTable.load(ids[.item] ?? [], in: transaction) { state.load(.item(item.sku), .item(item)) }
        for place in try WarehousesTable.load(ids[.warehouse] ?? [], in: transaction) {
            state.load(.warehouse(place.warehouse), .warehouse(place))
        }
        if ids[.carriers] != nil { state.load(.carriers, .carriers(try CarriersTable.load(in: transaction))) }
        for time in try TransitTable.load(ids[.transit] ?? [], in: transaction) {
            state.load(time.key, .transit(time))
        }
        for parties in try PartiesTable.load(ids[.parties] ?? [], in: transaction) {
            state.load(.parties(parties.orderID), .parties(parties))
        }
        for key in try BuyerKeysTable.load(ids[.buyerKey] ?? [], in: transaction) {
            state.load(.buyerKey(key.buyerID), .buyerKey(key))
        }
        // Whose waybill it is can be read without a lock: the label is looked at again in the locked order.
        let owners = try ShipmentsTable.owners(ofWaybills: ids[.waybill] ?? [], in: transaction)
        let wanted = Set(ids[.order] ?? []).union(owners.map(\.orderID.text))
        let missing = wanted.filter { !state.isLoaded(Key(.order, $0)) }.sorted()
        for order in try loadOrders(missing, in: transaction) {
            state.load(.order(order.orderID), .order(order, stored: order))
        }
        for owner in owners {
            let key = Key.order(owner.orderID)
            guard state.isLoaded(key), case .order(let order, _) = state[key],
                order.shipment(carrier: owner.carrier, waybill: owner.waybill) != nil
            else { continue }
            state.alias(.waybill(owner.carrier, owner.waybill), of: key)
        }
    }

    private func loadOrders(_ ids: [String], in transaction: borrowing Transaction) throws -> [Order] {
        guard !ids.isEmpty else { return [] }
        var orders = try OrdersTable.lock(ids, in: transaction)
        var parameters = Parameters()
        parameters.append(orders.map(\.orderID.text))
        let rows = try transaction.queries([
            (OrderLinesTable.selection, parameters), (ShipmentsTable.selection, parameters),
            (ShipmentLinesTable.selection, parameters), (ScansTable.selection, parameters),
            (StopsTable.selection, parameters), (StopsTable.lineSelection, parameters),
            (LabelCallsTable.selection, parameters),
        ])
        let lines = OrderLinesTable.read(rows[0])
        let shipments = ShipmentsTable.read(
            rows[1], lines: ShipmentLinesTable.read(rows[2]), scans: ScansTable.read(rows[3]))
        let stops = StopsTable.read(rows[4], lines: rows[5])
        let calls = LabelCallsTable.read(rows[6])
        for index in orders.indices {
            let id = orders[index].orderID.text
            orders[index].lines = lines[id] ?? []
            orders[index].shipments = shipments[id] ?? []
            orders[index].stops = stops[id] ?? []
            orders[index].calls = calls[id] ?? []
        }
        return orders
    }

    func save(_ state: State<FulfilmentAggregate>, in transaction: borrowing Transaction) throws {
        var orders: [ChangedOrder] = []
        var items: [ItemWeight] = []
        var places: [WarehousePlace] = []
        var carriers = Carriers()
        var parties: [SealedParties] = []
        var buyerKeys: [SealedKey] = []
        for key in state.changed.sorted() {
            switch state[key] {
            case .order(let order, let stored): orders.append(ChangedOrder(order: order, stored: stored))
            case .item(let item): items.append(item)
            case .warehouse(let place): places.append(place)
            case .carriers(let known): carriers = known
            case .parties(let sealed): parties.append(sealed)
            case .buyerKey(let key): buyerKeys.append(key)
            // Kept beside the lanes.
            case .transit, nil: break
            }
        }
        try OrdersTable.save(orders, in: transaction)
        try OrderLinesTable.save(orders, in: transaction)
        try ShipmentsTable.save(orders, in: transaction)
        try ShipmentLinesTable.save(orders, in: transaction)
        try ScansTable.save(orders, in: transaction)
        try StopsTable.save(orders, in: transaction)
        try LabelCallsTable.save(orders, in: transaction)
        try PartiesTable.save(parties, in: transaction)
        try BuyerKeysTable.save(buyerKeys, in: transaction)
        try ItemsTable.save(items, in: transaction)
        try WarehousesTable.save(places, in: transaction)
        try CarriersTable.save(carriers, in: transaction)
    }
}

/// An order to be written, beside what the tables hold of it.
struct ChangedOrder {
    let order: Order
    /// `nil`: nothing yet.
    let stored: Order?

    func stored(_ shipment: Shipment) -> Shipment? { stored?.shipment(shipment.shipmentID) }
}
