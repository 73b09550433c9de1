import InventoryDomain

/// Adds up everything inventory knows.
///
/// - Source: DESIGN section 5, I1, I2, I3 and I5.
struct Audit {
    private struct Place: Hashable {
        let sku: String
        let warehouse: String
    }

    private(set) var defects: [String] = []

    init(_ aggregates: some Sequence<InventoryAggregate>) {
        var levels: [Place: StockLevel] = [:]
        var moved: [Place: Int64] = [:]
        var open: [Place: Int64] = [:]
        for aggregate in aggregates {
            switch aggregate {
            case .stock(let stock):
                for (warehouse, level) in stock.levels { levels[Place(sku: stock.sku, warehouse: warehouse)] = level }
            case .movement(let movement):
                moved[Place(sku: movement.name.sku, warehouse: movement.name.warehouse), default: 0] +=
                    movement.quantity
            case .reservation(let reservation):
                for holding in reservation.holdings {
                    open[Place(sku: holding.sku, warehouse: holding.warehouse), default: 0] += holding.open
                    if holding.open < 0 || holding.shipped < 0 || holding.released < 0 {
                        defects.append("I5 \(reservation.orderID): \(holding)")
                    }
                    if holding.number != reservation.number, holding.open != 0 {
                        defects.append("I5 \(reservation.orderID): open under an old number")
                    }
                }
            case .difference, .forecast, .workload, .repair, .sideRequest, .item, .listing, .warehouse, .warehouses:
                break
            }
        }
        for place in Set(levels.keys).union(moved.keys).union(open.keys) {
            let level = levels[place] ?? StockLevel()
            if level.reserved < 0 || level.onHand < level.reserved { defects.append("I1 \(place): \(level)") }
            if moved[place] ?? 0 != level.onHand { defects.append("I2 \(place): \(moved[place] ?? 0), \(level)") }
            if open[place] ?? 0 != level.reserved { defects.append("I3 \(place): \(open[place] ?? 0), \(level)") }
        }
    }
}
