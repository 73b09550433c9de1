import Contracts

/// What inventory says of an order's stock.
func readStockFact(_ type: String, _ body: JSONObject, at: Instant) throws(Fault) -> [ReadRow] {
    switch type {
    case StockReserved.type:
        let reserved = try StockReserved(body)
        var patch = OrderPatch(reserved.orderID, at: at)
        patch.stockStatus = .reserved
        patch.warehouses = reserved.allocations.map(\.warehouse)
        patch.parcels = reserved.routing.parcels
        patch.routingCost = reserved.routing.cost
        return [.order(patch)]
    case StockBackordered.type:
        let backordered = try StockBackordered(body)
        var patch = OrderPatch(backordered.orderID, at: at)
        patch.stockStatus = .backordered
        patch.warehouses = backordered.allocations.map(\.warehouse)
        return [.order(patch)]
    case StockRejected.type:
        var patch = OrderPatch(try StockRejected(body).orderID, at: at)
        patch.stockStatus = .rejected
        return [.order(patch)]
    case StockReallocated.type:
        let reallocated = try StockReallocated(body)
        guard reallocated.refusal == nil else { return [] }
        var patch = OrderPatch(reallocated.orderID, at: at)
        patch.warehouses = reallocated.allocations.map(\.warehouse)
        return [.order(patch)]
    default: return []
    }
}

/// What inventory says of a SKU.
func readLevelFact(
    _ type: String, _ body: JSONObject, at: Instant, calendar: BusinessCalendar
) throws(Fault) -> [ReadRow] {
    switch type {
    case AvailabilityChanged.type: return [.stock(try AvailabilityChanged(body))]
    case StockMoved.type:
        return [.movement(MovementRow(moved: try StockMoved(body), at: at, day: calendar.day(of: at)))]
    case StockLow.type:
        let low = try StockLow(body)
        return [
            .alert(
                AlertPatch(
                    sku: low.sku, available: low.available, threshold: low.threshold, reason: low.reason.rawValue,
                    since: low.at))
        ]
    case StockRecovered.type:
        let recovered = try StockRecovered(body)
        return [
            .alert(
                AlertPatch(
                    sku: recovered.sku, available: recovered.available, threshold: recovered.threshold,
                    recoveredAt: recovered.at))
        ]
    case ReplenishmentSuggested.type: return [.suggestion(try ReplenishmentSuggested(body))]
    default: return []
    }
}
