import Contracts

/// Answers of inventory; one to another than the present reservation changes nothing.
extension OrderStep {
    mutating func reserve(_ fact: StockReserved) {
        guard fact.reservation == order.reservation, order.stock != .reserved, move(.stockReserved) else { return }
        order.stock = .reserved
        order.goods.allocations = fact.allocations
    }

    mutating func backorder(_ fact: StockBackordered) {
        guard fact.reservation == order.reservation, order.stock == .pending, move(.stockBackordered) else { return }
        order.stock = .backordered
    }

    /// Without stock there is no order: the money goes back.
    mutating func reject(_ fact: StockRejected) {
        guard fact.reservation == order.reservation, order.stock == .pending || order.stock == .backordered,
            case .legal = order.state.after(.stockRejected)
        else { return }
        order.stock = .rejected
        cancel(.stockRejected, .noStock, owed: order.account.refundable)
    }

    /// Lets the order go as soon as money, stock and people allow it; once.
    mutating func confirmWhenReady() {
        guard order.confirmedAt == nil, order.isReady, move(.confirmed) else { return }
        order.confirmedAt = now
        tell(
            OrderConfirmed(
                orderID: orderID, reservation: order.reservation, allocations: order.goods.allocations,
                confirmedAt: now))
    }
}
