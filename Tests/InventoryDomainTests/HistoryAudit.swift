import Contracts
import Support

@testable import InventoryDomain

/// The sums of DESIGN section 5, taken once from the aggregates and once from what the world was told.
extension History {
    /// - Parameter stock: Stands in for the one of its SKU.
    func defects(putting stock: Stock? = nil) -> [String] {
        var sums = Sums()
        for fact in ledger.facts { sums.add(fact) }
        var open: [String: Int64] = [:]
        for orderID in sums.orders {
            for holding in ledger.state.reservation(orderID)?.holdings ?? [] {
                open["\(holding.sku)@\(holding.warehouse)", default: 0] += holding.open
            }
        }
        var defects: [String] = []
        for sku in (0..<5).map({ "S\($0)" }) {
            guard let stock = stock?.sku == sku ? stock : ledger.state.stock(sku) else { continue }
            for (channel, quota) in stock.quotas where !(0...quota.limit).contains(quota.sold) {
                defects.append("quota of \(channel) for \(sku): \(quota)")
            }
            for (warehouse, level) in stock.levels {
                let place = "\(sku)@\(warehouse)"
                if level.reserved < 0 || level.onHand < level.reserved { defects.append("I1 \(place) \(level)") }
                if sums.moved[place] ?? 0 != level.onHand { defects.append("I2 \(place) \(level)") }
                if open[place] ?? 0 != level.reserved { defects.append("I3 \(place): \(open[place] ?? 0), \(level)") }
            }
        }
        return defects + sums.orders.flatMap { fates(of: $0, told: sums.open[$0] ?? [:]) }
    }

    /// Each piece has one fate, and the world was told which; a part filled from backorder is told at its end.
    private func fates(of orderID: OrderID, told: [String: Int64]) -> [String] {
        guard let reservation = ledger.state.reservation(orderID) else { return ["I17 \(orderID)"] }
        var defects: [String] = []
        for holding in reservation.holdings
        where holding.open < 0 || (holding.open > 0 && holding.number != reservation.number) {
            defects.append("I5 \(orderID) \(holding)")
        }
        guard reservation.standing == .reserved else { return defects }
        var open: [String: Int64] = [:]
        for holding in reservation.openHoldings {
            open["\(holding.lineID) \(holding.sku)@\(holding.warehouse)", default: 0] += holding.open
        }
        if open != told.filter({ $0.value != 0 }) { defects.append("told \(orderID) \(told), is \(open)") }
        return defects
    }
}

private struct Sums {
    /// Pieces on hand, by SKU and warehouse.
    var moved: [String: Int64] = [:]
    var orders: Set<OrderID> = []
    /// Open pieces by line, SKU and warehouse.
    var open: [OrderID: [String: Int64]] = [:]

    mutating func add(_ fact: any Fact) {
        switch fact {
        case let fact as StockMoved: moved["\(fact.sku)@\(fact.warehouse)", default: 0] += fact.quantity
        case let fact as StockReserved: begin(fact.orderID, fact.allocations)
        case let fact as StockBackordered: begin(fact.orderID, fact.allocations)
        case let fact as StockRejected: begin(fact.orderID, [])
        case let fact as StockReleased: take(fact.orderID, fact.warehouse, fact.lines)
        case let fact as StockDeducted: take(fact.orderID, fact.warehouse, fact.lines)
        default: break
        }
    }

    private mutating func begin(_ orderID: OrderID, _ allocations: [WarehouseAllocation]) {
        orders.insert(orderID)
        open[orderID] = [:]
        for allocation in allocations {
            for line in allocation.lines {
                open[orderID]?["\(line.lineID) \(line.sku)@\(allocation.warehouse)", default: 0] += line.quantity
            }
        }
    }

    private mutating func take(_ orderID: OrderID, _ warehouse: String, _ lines: [LineQuantity]) {
        for line in lines { open[orderID]?["\(line.lineID) \(line.sku)@\(warehouse)", default: 0] -= line.quantity }
    }
}
